using Convene.Server.Features.Imports;

namespace Convene.Server.Doors.Rest;

/// Calendar files of other programs.
public static class ImportDoor
{
    private static readonly Dictionary<string, bool> YesOrNo = new(StringComparer.OrdinalIgnoreCase) { ["true"] = true, ["1"] = true, ["on"] = true, ["false"] = false, ["0"] = false };

    public static async Task<IResult> Import(HttpContext http, ImportCalendar import, Settings settings)
    {
        if (!(await CalendarUpload.Read(http, settings.ImportBytes)).Is(out var upload, out var refusal))
            return Answers.Refuse(refusal);
        var request = new ImportCalendar.Request(upload.File, upload.Fields.Flag("commit", YesOrNo) ?? false, upload.Fields.Zone("timezone"));
        return upload.Fields.Mistakes is { } mistakes ? Answers.Refuse(mistakes) : Answers.Of(await import.Handle(http.Actor(), request));
    }
}
