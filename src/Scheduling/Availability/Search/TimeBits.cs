namespace Convene.Scheduling.Availability.Search;

// Five minutes of time a bit, over a horizon. Word n always stands for the minutes from n · 320: those of two people line up without a shift.
internal sealed class TimeBits
{
    public const int BitMinutes = 5;
    public const int WordMinutes = 64 * BitMinutes;

    // A search reads whole blocks of words and may read beyond the horizon: what it finds there it throws away.
    public const int Block = 32;

    private readonly int words;

    public TimeBits(int from, int until, bool set)
    {
        FirstWord = (int)Math.Floor(from / (double)WordMinutes);
        words = (int)Math.Ceiling(until / (double)WordMinutes) - FirstWord;
        Words = new ulong[words + Block];
        if (set)
            Words.AsSpan(0, words).Fill(ulong.MaxValue);
    }

    public int FirstWord { get; }

    public ulong[] Words { get; }

    public bool Covers(int from, int until) => from >= FirstWord * WordMinutes && until <= (FirstWord + words) * WordMinutes;

    // Sets the bits that lie wholly within a range.
    public void Set(int start, int end) =>
        Bits.Set(Words.AsSpan(0, words), Index(start + BitMinutes - 1), Index(end) - 1);

    // Clears the bits that overlap a range.
    public void Clear(int start, int end) =>
        Bits.Clear(Words.AsSpan(0, words), Index(start), Index(end + BitMinutes - 1) - 1);

    private int Index(int minute) => (int)Math.Floor((minute - ((long)FirstWord * WordMinutes)) / (double)BitMinutes);
}
