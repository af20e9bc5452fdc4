using System.Net;
using System.Net.Sockets;
using NodaTime;

namespace Convene.Server.Tests.Stories;

/// The outbox in an administrator's hands: seen, tried again, given up.
public sealed class AdminOutboxStories
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Mail_that_failed_is_seen_tried_again_and_given_up(string engine)
    {
        // A port that nobody listens on: every attempt fails at once.
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        await using var house = await TestHouse.Open(engine, "EMAIL_HOST=127.0.0.1", $"EMAIL_PORT={port}");
        var admin = await house.SignUpAdmin("ada");
        await house.DeliverMail();

        var mail = (await admin.Get("/api/admin/outbox/?state=owed")).ShouldBe(200)["results"]![0]!;
        mail["recipient"]!.ToString().ShouldBe("ada@example.com");
        (mail["subject"]!.ToString(), (long)mail["attempts"]!, mail["state"]!.ToString()).ShouldBe(("Confirm your e-mail address", 1, "owed"));
        mail["last_error"]!.ToString().ShouldNotBeEmpty();
        mail["due"]!.ToString().ShouldBe("2030-03-04T09:00:15Z");
        mail.AsObject().ContainsKey("body").ShouldBeFalse();
        mail.ToJsonString().ShouldNotContain("token");

        var path = $"/api/admin/outbox/{mail["id"]}/";
        (await house.DeliverMail()).ShouldBe(0, "it is not due");
        (await admin.Post(path + "retry/")).ShouldBe(200)["due"]!.ToString().ShouldBe("2030-03-04T09:00:00Z");
        (await house.DeliverMail()).ShouldBe(1);
        (await admin.Delete(path)).ShouldBe(204);
        (await admin.Delete(path)).ShouldBe(400).Error("state").ShouldContain("given up already");
        house.Clock.Advance(Duration.FromHours(2));
        (await house.DeliverMail()).ShouldBe(0, "given up");
        var failed = (await admin.Get("/api/admin/outbox/?state=failed&search=ADA")).ShouldBe(200)["results"]![0]!;
        failed["last_error"]!.ToString().ShouldStartWith("Given up by an administrator. Before: ");
        failed["due"].ShouldBeNull();

        ((int)(await admin.Post("/api/admin/outbox/retry-failed/")).ShouldBe(200)["retried"]!).ShouldBe(1);
        ((int)(await admin.Post("/api/admin/outbox/retry-failed/")).ShouldBe(200)["retried"]!).ShouldBe(0);
        (await house.DeliverMail()).ShouldBe(1);
        (await admin.Get("/api/admin/outbox/?state=lost")).ShouldBe(400);
        (await admin.Post("/api/admin/outbox/999/retry/")).ShouldBe(404);
        (await admin.Delete("/api/admin/outbox/999/")).ShouldBe(404);
        (await admin.Audit("&kind=mail")).Select(l => l.Split(' ')[0]).ShouldBe(["mail.retried", "mail.given_up", "mail.retried"]);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Mail_that_was_sent_is_not_sent_again(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var admin = await house.SignUpAdmin("ada");
        await house.DeliverMail();
        var mail = (await admin.Get("/api/admin/outbox/?state=sent")).ShouldBe(200)["results"]![0]!;
        (await admin.Post($"/api/admin/outbox/{mail["id"]}/retry/")).ShouldBe(400).Error("state").ShouldBe("This mail was sent already.");
        (await admin.Delete($"/api/admin/outbox/{mail["id"]}/")).ShouldBe(400);
        (await house.DeliverMail()).ShouldBe(0);
    }
}
