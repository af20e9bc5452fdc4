using System.IO.Compression;
using Convene.Server.Tests;
using Convene.Server.Tests.Peers;
using Microsoft.Playwright;

namespace Convene.Web.Tests.Stories;

[Collection(InChromium.Name)]
public sealed class PrivacyPages(Chromium chromium)
{
    private const string Ten = "2030-03-05T10:00Z";
    private const string Eleven = "2030-03-05T11:00Z";

    [BrowserFact]
    public async Task Who_sees_my_time_is_chosen_and_others_are_told_that_it_is_hidden()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        await house.SignUp("ben");
        var ana = await house.SignUp("ana");
        await ana.Book("Secret", Ten, Eleven);
        await using var visitor = await Visitor.Comes(chromium, house);
        await visitor.Goes("/login");
        await visitor.SignsIn("ana@example.com");
        await visitor.Goes("/dashboard/settings");
        var choice = visitor.Page.GetByLabel("Who sees when I am busy or free");
        await Assertions.Expect(choice).ToHaveValueAsync("public");
        await choice.SelectOptionAsync("nobody");
        await Assertions.Expect(choice).ToHaveAccessibleDescriptionAsync(Visitor.Saying("you are never booked twice"));
        await visitor.Page.GetByText("Saved").WaitForAsync();
        visitor.DidNothingWrong();

        await using var ben = await Visitor.Comes(chromium, house);
        await ben.Goes("/login");
        await ben.SignsIn("ben@example.com");
        await ben.Goes("/dashboard/find-a-time?people=ana@example.com");
        await ben.Page.GetByText("The time of ana@example.com is hidden from you").WaitForAsync();
        await ben.Goes("/dashboard/calendar?view=day&date=2030-03-05&people=ana@example.com");
        await ben.Page.GetByText("ana@example.com does not show you when they are busy").WaitForAsync();
        ben.DidNothingWrong();
    }

    [BrowserFact]
    public async Task Everything_is_downloaded()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana");
        await ana.Book("Kickoff", Ten, Eleven);
        await using var visitor = await Visitor.Comes(chromium, house);
        await visitor.Goes("/login");
        await visitor.SignsIn("ana@example.com");
        await visitor.Goes("/dashboard/settings");
        var file = await visitor.Page.RunAndWaitForDownloadAsync(() => visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Download everything" }).ClickAsync());
        file.SuggestedFilename.ShouldStartWith("convene-");
        await using var stream = await file.CreateReadStreamAsync();
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        using var zip = new ZipArchive(copy);
        using var meetings = new StreamReader(zip.GetEntry("meetings.json")!.Open());
        (await meetings.ReadToEndAsync()).ShouldContain("Kickoff");
        visitor.DidNothingWrong();
    }

    [BrowserFact]
    public async Task An_account_is_deleted_by_who_types_its_address_and_password()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        var kickoff = await ana.Book("Kickoff", Ten, Eleven, "ben@example.com");
        await using var visitor = await Visitor.Comes(chromium, house);
        await visitor.Goes("/login");
        await visitor.SignsIn("ana@example.com");
        await visitor.Goes("/dashboard/settings");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Delete my account" }).ClickAsync();
        var dialog = visitor.Page.GetByRole(AriaRole.Dialog);
        var delete = dialog.GetByRole(AriaRole.Button, new() { Name = "Delete my account" });
        await Assertions.Expect(delete).ToBeDisabledAsync();
        await dialog.GetByLabel("Type ana@example.com").FillAsync("Ana@example.com");
        await dialog.GetByLabel("Your password").FillAsync("wrong-horse-8");
        await delete.ClickAsync();
        await Assertions.Expect(dialog.GetByLabel("Your password")).ToHaveAccessibleDescriptionAsync("This is not your password.");
        await dialog.GetByLabel("Your password").FillAsync(Caller.Password);
        await delete.ClickAsync();
        await visitor.IsAt("**/login");
        await visitor.Page.GetByText("1 meeting was cancelled").WaitForAsync();
        (await ben.Get($"/api/meetings/{kickoff.Id}/"))["status"]!.ToString().ShouldBe("cancelled");
        visitor.MayBeRefused();
        visitor.DidNothingWrong();
    }

    [BrowserFact]
    public async Task Who_has_a_second_factor_shows_a_code_before_the_account_goes()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana");
        await using var visitor = await Visitor.Comes(chromium, house);
        await visitor.Goes("/login");
        await visitor.SignsIn("ana@example.com");
        var begun = (await ana.Post("/api/auth/second-factor/", new { password = Caller.Password })).ShouldBe(200);
        var app = new CodeApp((string)begun["key"]!);
        // Of another device: it signs out this one.
        (await ana.Post("/api/auth/second-factor/confirm/", new { code = app.At(house.Clock.GetCurrentInstant()) })).ShouldBe(200);
        house.Clock.Advance(NodaTime.Duration.FromSeconds(30));
        await visitor.Goes("/login");
        await visitor.Page.GetByLabel("E-mail address or user name").FillAsync("ana@example.com");
        await visitor.Page.GetByLabel("Password").FillAsync(Caller.Password);
        await visitor.Press("Sign in");
        await visitor.Field("Code").FillAsync(app.At(house.Clock.GetCurrentInstant()));
        await visitor.Press("Sign in");
        await visitor.IsAt("**/dashboard");
        house.Clock.Advance(NodaTime.Duration.FromSeconds(30));
        await visitor.Goes("/dashboard/settings");
        await visitor.Press("Delete my account");
        var dialog = visitor.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Type ana@example.com").FillAsync("ana@example.com");
        await dialog.GetByLabel("Your password").FillAsync(Caller.Password);
        var code = dialog.GetByLabel("A code of your app, or a recovery code");
        await code.FillAsync(app.Wrong(house.Clock.GetCurrentInstant()));
        var delete = dialog.GetByRole(AriaRole.Button, new() { Name = "Delete my account" });
        await delete.ClickAsync();
        await Assertions.Expect(code).ToHaveAccessibleDescriptionAsync("This code is wrong, or was used already.");
        await code.FillAsync(app.At(house.Clock.GetCurrentInstant()));
        await delete.ClickAsync();
        await visitor.IsAt("**/login");
        visitor.MayBeRefused();
        visitor.DidNothingWrong();
    }

    [BrowserFact]
    public async Task A_meetings_history_tells_its_host_everything_and_the_others_its_times()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana");
        await house.SignUp("ben");
        var kickoff = await ana.Book("Kickoff", Ten, Eleven, "ben@example.com");
        (await ana.Patch($"/api/meetings/{kickoff.Id}/", new { location = "Office" })).ShouldBe(200);
        (await ana.Patch($"/meetings/{kickoff.Id}/extend/", new { extended_end_time = "2030-03-05T11:30", reason = "More to say" })).ShouldBe(200);
        foreach (var (who, sees) in ((string, string[])[])[("ana", ["Meeting made", "Meeting changed", "Office", "Meeting extended"]), ("ben", ["extended it (More to say)"])])
        {
            await using var visitor = await Visitor.Comes(chromium, house);
            await visitor.Goes("/login");
            await visitor.SignsIn($"{who}@example.com");
            await visitor.Goes($"/dashboard/meetings/{kickoff.Id}");
            await visitor.Page.GetByText("What happened so far").ClickAsync();
            foreach (var text in sees)
                await visitor.Page.Locator("details").GetByText(text).First.WaitForAsync();
            visitor.DidNothingWrong();
        }
    }
}
