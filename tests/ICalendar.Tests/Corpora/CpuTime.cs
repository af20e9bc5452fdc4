using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Convene.ICalendar.Tests.Corpora;

/// <summary>The time that this thread has computed, which other programs on the machine do not change; on Linux. Elsewhere the clock.</summary>
internal static partial class CpuTime
{
    private const int OfThread = 3; // CLOCK_THREAD_CPUTIME_ID

    public static TimeSpan Now =>
        OperatingSystem.IsLinux() && clock_gettime(OfThread, out var time) == 0
            ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000)
            : Stopwatch.GetElapsedTime(0);

    [LibraryImport("libc")]
    private static partial int clock_gettime(int clock, out Timespec time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Timespec
    {
        public readonly long Seconds, Nanoseconds;
    }
}
