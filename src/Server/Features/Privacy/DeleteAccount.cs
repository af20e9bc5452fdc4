using Convene.Scheduling.Booking;
using Convene.Server.Features.Accounts;
using Convene.Server.Features.Factors;
using Convene.Server.Features.Mail;
using Convene.Server.Features.Recurrence;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Privacy;

/// Deletes one's account, in one transaction: meetings to come that one hosts are called off and told, one leaves the others, and where others see one stands a deleted user.
/// What logs and letters hold is taken out by EraseTraces.
public sealed class DeleteAccount(Store store, IClock clock, Again again, MeetingMail mail)
{
    internal const string Deleted = "account.deleted";
    private const string Reason = "The host has deleted their account.";

    /// <param name="Password">Null: whoever signs in with a provider may know none.</param>
    /// <param name="Code">Of the second factor, where there is one.</param>
    public sealed record Request(string? Password, string? Code);

    /// <summary>What it came to.</summary>
    /// <param name="MeetingsCancelled">Meetings to come that I hosted; everybody in them is told.</param>
    /// <param name="MeetingsLeft">Meetings to come of others that I took part in.</param>
    public sealed record Result(int MeetingsCancelled, int MeetingsLeft);

    public async Task<Outcome<Result>> Handle(Actor actor, Request request)
    {
        if (!(await again.PasswordOrLogin(actor, request.Password)).Is(out var seen, out var no))
            return no;
        // Wrong codes are counted, so the transaction commits either way; it refuses before anything else is written.
        return await store.WriteAlways(tx => Delete(tx, actor, seen, request.Code));
    }

    private async Task<Outcome<Result>> Delete(Tx tx, Actor actor, AccountRows.Account seen, string? code)
    {
        // load. Administrators, account, series, entries, calendars: always in this order.
        var now = clock.GetCurrentInstant();
        var administrators = seen.IsStaff == 1 ? await AdministratorRows.Hold(tx) : [];
        if (await AccountRows.Hold(tx, actor.Id) is not { } account)
            return new Refusals.NotSignedIn();
        if (account.PasswordHash != seen.PasswordHash || account.IsStaff != seen.IsStaff)
            throw new OutdatedException();
        if (administrators is [var only] && only == actor.Id)
            return new Refusals.NotAllowed("You are the last administrator. Make somebody else one before you go.");
        if (await TotpRows.IsOn(tx, actor.Id) && await Unshown(tx, actor, account, code, now) is { } no)
            return no;
        var concerned = await PersonErasure.Hold(tx, actor.Id);
        var hosted = await PersonErasure.Hosted(tx, actor.Id, now);
        var joined = await PersonErasure.Joined(tx, actor.Id, now);

        // save. While letters are written the name and address are still there: calendars take a meeting off only for its organizer.
        await CallOff(tx, actor, [.. hosted.Where(h => h.Series is null).Select(h => h.Entry)], now);
        foreach (var series in hosted.GroupBy(h => h.Series).Where(g => g.Key is not null))
            await CallOffSeries(tx, actor, series.Key!.Value, series.Select(s => s.Entry).ToHashSet(), now);
        await PersonErasure.DeleteOwnEntries(tx, actor.Id);
        await Leave(tx, actor, joined, now);
        string[] addresses = [.. new[] { account.Email, account.PendingEmail }.OfType<string>().Where(e => e.Length > 0).Distinct(StringComparer.Ordinal)];
        await PersonErasure.StopMail(tx, addresses, now);
        await tx.Note(actor, now, Trail.Account(Deleted, actor.Id, null, Trail.Values(("meetings_cancelled", hosted.Count), ("meetings_left", joined.Count))));
        // Without an address there is still what they did, and from where.
        await ErasureRows.Add(tx, actor.Id, addresses.Length > 0 ? addresses : [""], now);
        var left = new PersonErasure.Concerned([.. (await EntryRows.Of(tx, concerned.Entries)).Select(e => e.Id)], concerned.People);
        await PersonErasure.Remove(tx, actor.Id, left, now);
        return new Result(hosted.Count, joined.Count);
    }

    private async Task<Refusal?> Unshown(Tx tx, Actor actor, AccountRows.Account account, string? code, Instant now) => string.IsNullOrEmpty(code)
        ? new Refusals.Invalid("code", "Send a code of your second factor, too.")
        : await again.Code(tx, actor, account, code, now);

    private async Task CallOff(Tx tx, Actor actor, long[] ids, Instant now)
    {
        if (ids.Length == 0)
            return;
        var before = (await EntryRows.Of(tx, ids)).ToDictionary(e => e.Id);
        await OccurrenceRows.Cancel(tx, [.. before.Values], now);
        var guests = (await ParticipantRows.Of(tx, ids)).ToLookup(g => g.EntryId);
        await tx.Note(actor, now, [.. ids.Select(id => SeriesTrail.Cancelled(before[id]) with { Reason = Reason })]);
        await mail.CallOff(tx, (await EntryRows.Of(tx, ids)).Select(e => (e, (IReadOnlyList<ParticipantRows.Participant>)[.. guests[e.Id]])), Reason, now);
    }

    private async Task CallOffSeries(Tx tx, Actor actor, long id, IReadOnlySet<long> toCome, Instant now)
    {
        var all = await EntryRows.OfSeries(tx, id);
        var part = new Part((await SeriesRows.Find(tx, id))!, all[0], all, [.. all.Where(e => toCome.Contains(e.Id))]);
        await SeriesEnd.Cut(tx, part, now);
        await OccurrenceRows.Cancel(tx, part.Affected, now);
        await tx.Note(actor, now, [.. part.Affected.Select(e => SeriesTrail.Cancelled(e) with { Reason = Reason })]);
        await SeriesEnd.Tell(tx, mail, part, now);
    }

    /// Hosts who want to hear of answers are told, of a series once.
    private async Task Leave(Tx tx, Actor actor, IReadOnlyList<(long Entry, long Participant)> joined, Instant now)
    {
        long[] ids = [.. joined.Select(j => j.Entry)];
        await PersonErasure.Leave(tx, actor.Id, ids, now);
        if (ids.Length == 0)
            return;
        var (entries, mine) = (await EntryRows.Of(tx, ids), (await ParticipantRows.Of(tx, ids)).Where(g => g.PersonId == actor.Id).ToDictionary(g => g.EntryId));
        var hosts = (await PeopleRows.ById(tx, entries.Select(e => e.OrganizerId).Distinct())).ToDictionary(p => p.Id);
        await tx.Note(actor, now, [.. entries.Select(e => Trail.Meeting("meeting.left", e.Uuid, null, null))]);
        foreach (var entry in entries.OrderBy(e => e.StartAt).DistinctBy(e => e.SeriesId ?? -e.Id))
            await mail.TellOfAnswer(tx, entry, hosts[entry.OrganizerId], mine[entry.Id], now);
    }
}
