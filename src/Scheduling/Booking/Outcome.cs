using System.Diagnostics.CodeAnalysis;

namespace Convene.Scheduling.Booking;

/// <summary>What came of a request: its answer, or the <see cref="Booking.Refusal"/> that stands in its place.</summary>
/// <typeparam name="T">The answer's type.</typeparam>
/// <remarks>Default value: the default answer. Equality: by answer and refusal. Both conversions are implicit, so a handler simply returns either.</remarks>
public readonly record struct Outcome<T>
{
    private Outcome(T? answer, Refusal? refusal)
    {
        Answer = answer;
        Refusal = refusal;
    }

    /// <summary>The answer; default if refused.</summary>
    public T? Answer { get; }

    /// <summary>Why not; null if answered.</summary>
    public Refusal? Refusal { get; }

    /// <summary>Takes it apart: true with the answer, or false with the refusal.</summary>
    public bool Is([MaybeNullWhen(false)] out T answer, [NotNullWhen(false)] out Refusal? refusal)
    {
        answer = Answer;
        refusal = Refusal;
        return refusal is null;
    }

    /// <summary>An answer.</summary>
    public static implicit operator Outcome<T>(T answer) => new(answer, null);

    /// <summary>A refusal.</summary>
    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);
}
