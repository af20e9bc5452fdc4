using System.Reflection;
using System.Text.RegularExpressions;
using Convene.Scheduling.Booking;
using Convene.Scheduling.Time;
using Convene.Server.Doors.Rest;

namespace Convene.Server.Tests.Rules;

/// The house's arrows (docs/MAP.md), and what else is easier to break than to notice.
public sealed partial class HouseRules
{
    // Who may not know whom. Doors → Features → {Storage, Outside, Scheduling, ICalendar}; Storage → Scheduling.
    public static TheoryData<string, string> Walls => new()
    {
        { "src/Server/Doors", "Storage" },
        { "src/Server/Doors", "Outside" },
        { "src/Server/Features", "Doors" },
        { "src/Server/Storage", "Doors" },
        { "src/Server/Storage", "Features" },
        { "src/Server/Storage", "Outside" },
        { "src/Server/Storage", "ICalendar" },
        { "src/Server/Outside", "Doors" },
        { "src/Server/Outside", "Features" },
        { "src/Server/Outside", "Storage" },
        { "src/Server/Doors/Rest", "Doors.Clock" },
        { "src/Server/Doors/Rest", "Doors.Pages" },
        { "src/Server/Doors/Clock", "Doors.Rest" },
        { "src/Server/Doors/CommandLine", "Doors.Rest" },
        { "src/Server/Doors/Rest", "Doors.CommandLine" },
        { "src/Server/Doors/Clock", "Doors.Pages" },
        { "src/Server/Doors/Pages", "Doors.Rest" },
        { "src/Server/Doors/Pages", "Doors.Clock" },
        { "src/Scheduling", "ICalendar" },
        { "src/Scheduling", "Server" },
        { "src/ICalendar", "Server" },
    };

    [Theory, MemberData(nameof(Walls))]
    public void A_room_does_not_know_what_its_arrows_do_not_lead_to(string room, string other)
    {
        var name = Regex.Escape(other);
        var known = new Regex($@"\bConvene\.(Server\.)?{name}\b|(?<![\w.]){name}\.[A-Z]\w+", RegexOptions.None, TimeSpan.FromSeconds(5));
        foreach (var (file, code) in Sources(room))
            known.Match(code).Value.ShouldBeEmpty($"{file} knows {other}");
    }

    [Fact]
    public void Only_storage_says_sql()
    {
        foreach (var (file, code) in Sources("src/Server").Where(s => !s.File.Contains("/Storage/", StringComparison.Ordinal)))
            Sql().Match(code).Value.ShouldBeEmpty($"{file} says SQL");
    }

    /// Whatever address a person gives is fetched by SafeHttp. Others go only where an administrator's setting leads, or to this machine.
    [Fact]
    public void Only_a_few_files_speak_to_the_outside()
    {
        string[] known = ["Outside/SafeHttp.cs", "Outside/Adviser.cs", "Outside/Mail/SmtpSession.cs", "Doors/CommandLine/Deliver.cs", "Doors/CommandLine/AskReady.cs", "Doors/CommandLine/Supervisor.cs"];
        foreach (var (file, code) in Sources("src").Where(s => !known.Any(k => s.File.EndsWith(k, StringComparison.Ordinal))))
            Speaking().Match(code).Value.ShouldBeEmpty($"{file} speaks to the outside");
        foreach (var file in known)
            Speaking().IsMatch(File.ReadAllText(Path.Combine(Repository.Root(), "src/Server", file))).ShouldBeTrue(file);
    }

    [Fact]
    public void A_feature_never_calls_a_handler_of_another_folder()
    {
        foreach (var folder in Directory.GetDirectories(Path.Combine(Repository.Root(), "src/Server/Features")))
        {
            var handlers = Directory.GetFiles(folder, "*.cs").Where(f => Handler().IsMatch(File.ReadAllText(f))).Select(Path.GetFileNameWithoutExtension);
            foreach (var handler in handlers)
            {
                foreach (var (file, code) in Sources("src/Server/Features").Where(s => Path.GetDirectoryName(s.File) != folder && !s.File.EndsWith("Index.cs", StringComparison.Ordinal)))
                    Regex.IsMatch(code, $@"\b{handler} \w+[,)]", RegexOptions.None, TimeSpan.FromSeconds(5)).ShouldBeFalse($"{file} calls {handler}");
            }
        }
    }

    [Fact]
    public void Every_refusal_has_an_answer()
    {
        var refusals = new[] { typeof(Refusal).Assembly, typeof(House).Assembly }
            .SelectMany(a => a.GetTypes()).Where(t => t.IsSubclassOf(typeof(Refusal)) && !t.IsAbstract).ToList();
        refusals.Count.ShouldBeGreaterThan(15);
        foreach (var type in refusals)
            Should.NotThrow(() => Answers.Refuse(Sample(type)), type.FullName);
    }

    [Theory]
    [InlineData(typeof(TimeRange))]
    [InlineData(typeof(Convene.ICalendar.MeetingEvent))]
    public void Public_structs_of_the_pure_libraries_are_readonly(Type member)
    {
        // But for what foreach walks with: it must change, and be a struct so that a walk allocates nothing.
        foreach (var type in member.Assembly.GetExportedTypes().Where(t => t.IsValueType && !t.IsEnum && t.DeclaringType?.GetMethod("GetEnumerator")?.ReturnType != t))
            type.GetCustomAttribute<System.Runtime.CompilerServices.IsReadOnlyAttribute>().ShouldNotBeNull(type.FullName);
    }

    [Theory]
    [InlineData("src/Scheduling")]
    [InlineData("src/ICalendar")]
    public void A_file_of_the_pure_libraries_has_one_public_type(string room)
    {
        foreach (var (file, code) in Sources(room))
            PublicType().Count(code).ShouldBeLessThanOrEqualTo(1, file);
    }

    [Fact]
    public void No_file_is_longer_than_400_lines_and_no_room_has_a_name_that_says_nothing()
    {
        foreach (var (file, code) in Sources("src"))
        {
            code.Count(c => c == '\n').ShouldBeLessThanOrEqualTo(400, file);
            EmptyName().Match(file).Value.ShouldBeEmpty(file);
        }
    }

    private static IEnumerable<(string File, string Code)> Sources(string room) =>
        from file in Directory.GetFiles(Path.Combine(Repository.Root(), room), "*.cs", SearchOption.AllDirectories)
        let code = File.ReadAllText(file)
        select (file, Comments().Replace(code, ""));

    private static Refusal Sample(Type type)
    {
        var constructor = type.GetConstructors().OrderBy(c => c.GetParameters().Length).First();
        var arguments = constructor.GetParameters().Select(p => p.ParameterType switch
        {
            var t when t == typeof(string) => "x",
            var t when t == typeof(IReadOnlyList<string>) => (object)new[] { "x" },
            var t when t == typeof(IReadOnlyDictionary<string, object>) => new Dictionary<string, object>(StringComparer.Ordinal) { ["x"] = new[] { "y" } },
            _ => null,
        });
        return (Refusal)constructor.Invoke([.. arguments]);
    }

    [GeneratedRegex(@"//[^\n]*", RegexOptions.None, 5000)]
    private static partial Regex Comments();

    [GeneratedRegex(@"""\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM)\s", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Sql();

    [GeneratedRegex(@"\b(HttpClient|HttpMessageInvoker|SocketsHttpHandler|HttpClientHandler|WebRequest|WebClient|TcpClient|UdpClient|ClientWebSocket|new Socket)\b", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Speaking();

    [GeneratedRegex(@"public (async )?Task<?.*>? Handle\(", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Handler();

    [GeneratedRegex(@"^public (static |sealed |abstract |partial |readonly )*(class|record|record struct|struct|enum|interface) ", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 5000)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"/(Core|Common|Shared|Helpers?|Managers?|Services?|Utils?|Infrastructure)(/|\.cs)", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex EmptyName();
}
