using Convene.Server.Storage;

namespace Convene.Server.Features.Repeats;

/// Answers that only the asker's calendar decides: while it stays as it was, so do they. The state of the calendar was read for this request,
/// in the statement that recognised who asks; so none is ever of yesterday, through whichever node the calendar was changed.
public sealed class AnswerFromMemory(Figures figures)
{
    // A page of a hundred meetings takes up 80 KB, a calendar file 2.
    private const long MostBytes = 48 << 20;

    private readonly Recent<Question, Answer> recent = new(MostBytes, (question, answer) => 256 + (2L * question.Text.Length) + answer.Body.Length);

    /// <param name="Headers">Those that belong to the answer.</param>
    public sealed record Answer(IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body);

    /// For those who test it: every answer from memory is compared with what would be answered without.
    public bool IsDoubted { get; set; }

    /// <param name="question">What is asked for, and whatever else decides the answer.</param>
    public Answer? Find(Actor actor, string question)
    {
        var answer = recent.Find(Of(actor, question));
        figures.Answered(answer is not null);
        return answer;
    }

    public void Keep(Actor actor, string question, Answer answer) => recent.Keep(Of(actor, question), answer);

    // All of the actor that answers may be made of. The login and the network it comes from are not.
    private static Question Of(Actor actor, string question) => new(actor with { SignInId = 0, From = null }, question);

    private sealed record Question(Actor Asker, string Text);
}
