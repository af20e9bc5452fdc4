namespace Convene.ICalendar;

/// <summary>A mistake in a calendar, and what was made of it.</summary>
/// <remarks>The default value has no text. Equal when line and text are.</remarks>
/// <param name="Line">The line in the input, counted from one before unfolding.</param>
/// <param name="What">What was wrong and what was done, as a sentence.</param>
public readonly record struct Mend(int Line, string What);
