namespace Convene.ICalendar;

/// <summary>A value that could not be understood, so that it is missing in what was read.</summary>
/// <remarks>The default value has no texts. Equal when all texts are.</remarks>
/// <param name="Component">The name of the component.</param>
/// <param name="Uid">The UID of the item; null where it has none.</param>
/// <param name="Property">The name of the property.</param>
/// <param name="What">What is wrong, as a sentence.</param>
public readonly record struct ContentProblem(string Component, string? Uid, string Property, string What);
