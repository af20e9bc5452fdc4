namespace Convene.Server.Tests.Stories;

/// An account's owner is told by mail when the ways in change, whoever did it.
public sealed class AccountNoticeStories
{
    private const string Fresh = "fresh-horse-8";

    [Theory, OnSqlite, OnPostgres]
    public async Task A_new_password_is_told_with_the_way_to_set_another(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        (await ana.Post("/api/auth/change-password/", new { old_password = "wrong-horse-7", new_password = Fresh, new_password2 = Fresh })).ShouldBe(400);
        (await Told(house, "Password changed")).ShouldBeEmpty();
        (await ana.Post("/api/auth/change-password/", new { old_password = Caller.Password, new_password = Fresh, new_password2 = Fresh })).ShouldBe(200);
        var mail = (await Told(house, "Password changed")).ShouldHaveSingleItem();
        mail.To.ShouldContain("ana@example.com");
        foreach (var said in (string[])[mail.Text, mail.Html])
        {
            said.ShouldContain("Monday, 4 March 2030, 09:00 (UTC)");
            said.ShouldContain("If it was not you");
            // Whoever does not know the new password can't change it.
            said.ShouldContain("http://convene.example.com/forgot-password");
            said.ShouldNotContain(Fresh);
        }

        (await house.Somebody().Post("/api/auth/forgot-password/", new { email = "ana@example.com" })).ShouldBe(200);
        await house.DeliverMail();
        var link = (await house.Mails()).Single(m => m.Text.Contains("/reset-password#token=", StringComparison.Ordinal));
        (await house.Somebody().Post("/api/auth/reset-password/", new { token = link.Token, new_password = Caller.Password })).ShouldBe(200);
        (await Told(house, "Password changed")).Length.ShouldBe(2, "set anew by a mail: whoever reads the mailbox may be somebody else");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_new_key_is_told_without_the_key_and_can_not_be_kept_from_its_owner(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        (await ana.Patch("/api/auth/me/", new { notifications = new { invitations = false, changes = false, cancellations = false, reminders = false, answers = false } })).ShouldBe(200);
        var key = await ana.MakeKey("read");
        (await ana.Post(KeyHelp.Keys, new { name = "", scope = "read" })).ShouldBe(400);
        var mail = (await Told(house, "New API key")).ShouldHaveSingleItem();
        mail.To.ShouldContain("ana@example.com");
        mail.Text.ShouldContain("revoke the key now", Case.Sensitive, "a new password does not end it");
        mail.Text.ShouldContain("http://convene.example.com/dashboard/settings/security");
        mail.Text.ShouldNotContain((string)key["key"]!);
    }

    private static async Task<Peers.ReceivedMail[]> Told(TestHouse house, string subject)
    {
        await house.DeliverMail();
        return [.. (await house.Mails()).Where(m => m.Subject == subject)];
    }
}
