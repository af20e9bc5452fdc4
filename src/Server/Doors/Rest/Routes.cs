using System.Text.Json.Nodes;
using Convene.Server.Features;
using Convene.Server.Features.Accounts;
using Convene.Server.Features.Admin;
using Convene.Server.Features.Attachments;
using Convene.Server.Features.Availability;
using Convene.Server.Features.Events;
using Convene.Server.Features.ExternalCalendars;
using Convene.Server.Features.Feeds;
using Convene.Server.Features.Imports;
using Convene.Server.Features.Meetings;
using Convene.Server.Features.Recurrence;
using Convene.Server.Features.Slots;

namespace Convene.Server.Doors.Rest;

/// The whole REST surface (API keys: ApiKeysDoor; second factors, passkeys and providers: WaysInRoutes). A slash at the end makes no difference anywhere.
public static class Routes
{
    public static void Map(WebApplication app)
    {
        var everybody = app.MapGroup("/api");
        var signedIn = app.MapGroup("/api").AddEndpointFilter(Authentication.Required);
        Accounts(everybody, signedIn);
        Sessions(signedIn);
        Privacy(signedIn);
        WaysInRoutes.Map(everybody, signedIn);
        Meetings(signedIn);
        Participants(signedIn);
        Attachments(signedIn);
        Invitations(everybody);
        Proposals(signedIn);
        Availability(signedIn);
        Live(signedIn);
        Events(signedIn);
        InAndOut(app.MapGroup(""), signedIn);
        ExternalCalendars(signedIn);
        Scheduling(everybody, signedIn);
        HourlyEvents(everybody, signedIn);
        Admin(signedIn, app.MapGroup("/api/admin").AddEndpointFilter(Authentication.Required).AddEndpointFilter(AdminDoor.Administrators));
        Organizers(app.MapGroup(""), app.MapGroup("").AddEndpointFilter(Authentication.Required));
    }

    private static void Accounts(RouteGroupBuilder everybody, RouteGroupBuilder signedIn)
    {
        const string Tag = "Accounts";
        everybody.MapPost("/auth/register/", AccountsDoor.Register).Say("register", Tag, "Sign up", "Creates an account and signs it in: the answer carries tokens for every scheme, and the session cookie is set.")
            .Takes<Bodies.Register>().Gives<AccountsDoor.Registered>(201, "The account, signed in.").Fails(429);
        everybody.MapPost("/auth/login/", AccountsDoor.Login).Say("login", Tag, "Sign in", "By e-mail address or user name.")
            .Takes<Bodies.Login>().Gives<AccountsDoor.SignedIn>(200, "Signed in.").Fails(401, 429);
        everybody.MapPost("/auth/logout/", AccountsDoor.Logout).AddEndpointFilter(Authentication.Optional).Say("logout", Tag, "Sign out", "Ends the login that is named by a refresh token in the body, or else the one whose credential the request carries. Everything it was given stops working.")
            .Takes<Bodies.Logout>(optional: true).Gives<AccountsDoor.Said>(200, "Signed out.").Fails(401, 403);
        everybody.MapPost("/auth/token/refresh/", AccountsDoor.RefreshToken).Say("refresh_token", Tag, "Get new tokens", "A refresh token works once. One that comes back ends its whole login: it may be a stolen copy.")
            .Takes<Bodies.RefreshToken>().Gives<RefreshTokens.Result>(200, "A new pair.").Fails(401);
        everybody.MapPost("/auth/forgot-password/", AccountsDoor.ForgotPassword).Say("forgot_password", Tag, "Ask for a link to set a new password", "The answer is the same whether or not the address has an account.")
            .Takes<Bodies.ForgotPassword>().Gives<Detail>(200, "Said; sent if there is such an account.").Fails(429);
        everybody.MapPost("/auth/reset-password/", AccountsDoor.ResetPassword).Say("reset_password", Tag, "Set a new password with the token of a mail", "Works once, for an hour; ends all logins.")
            .Takes<Bodies.ResetPassword>().Gives<Detail>(200, "Set.").Fails(429);
        everybody.MapPost("/auth/verify-email/", AccountsDoor.VerifyEmail).Say("verify_email", Tag, "Confirm an e-mail address with the token of a mail", "Works once, for seven days. What the address was invited to before belongs to the account from then on.")
            .Takes<Bodies.VerifyEmail>().Gives<Detail>(200, "Confirmed.").Fails(429);
        signedIn.MapPost("/auth/verify-email/resend/", AccountsDoor.ResendVerification).Say("resend_verification", Tag, "Send the confirmation mail again")
            .Gives<Detail>(200, "On its way.").SignedIn(400, 403);
        signedIn.MapPost("/auth/change-password/", AccountsDoor.ChangePassword).Say("change_password", Tag, "Change the password", "Ends all other logins.")
            .Takes<Bodies.ChangePassword>().Gives<Detail>(200, "Changed.").SignedIn(403);
        foreach (var (path, name) in (ReadOnlySpan<(string, string)>)[("/auth/me/", "me"), ("/auth/profile/", "profile")])
        {
            signedIn.MapGet(path, AccountsDoor.Me).Say(name, Tag, "My account").Gives<Account>(200, "The account.").SignedIn();
            signedIn.MapPut(path, AccountsDoor.ChangeMe).Say($"replace_{name}", Tag, "Change my account", "Like PATCH: what is absent stays.")
                .Takes<Bodies.ChangeMe>().Gives<Account>(200, "The account.").SignedIn(403);
            signedIn.MapPatch(path, AccountsDoor.ChangeMe).Say($"change_{name}", Tag, "Change my account")
                .Takes<Bodies.ChangeMe>().Gives<Account>(200, "The account.").SignedIn(403);
        }
    }

    private static void Privacy(RouteGroupBuilder signedIn)
    {
        const string Tag = "Accounts";
        signedIn.MapGet("/auth/export/", PrivacyDoor.Export).Say("export_everything", Tag, "Everything the server knows about me", "A ZIP of JSON files, my calendar as an iCalendar file, and the files I attached to meetings; no passwords, tokens or secret addresses. It is written while it is read; its length is not known before.")
            .GivesArchive("The archive.").SignedIn(403);
        signedIn.MapPost("/auth/delete-account/", PrivacyDoor.Delete).Say("delete_account", Tag, "Delete my account", "Meetings to come that I host are cancelled and everybody in them is told; I leave those of others. What is mine alone is gone, and where others see me stands \"Deleted user\". It can't be undone; the address can be registered again, by somebody new. The last administrator stays. Where there is a second factor, a code of it is asked for besides the password.")
            .Takes<Bodies.DeleteAccount>(optional: true).Gives<PrivacyDoor.Deleted>(200, "Deleted; all sign-ins are ended.").SignedIn(403, 429);
    }

    private static void Sessions(RouteGroupBuilder signedIn)
    {
        const string Tag = "Accounts";
        signedIn.MapGet("/auth/sessions/", SessionsDoor.List).Say("list_sessions", Tag, "Where I am signed in", $"Every login whose credentials still work, at most {ListSessions.Most}; the one used last comes first.")
            .Gives<ListSessions.Session[]>(200, "The logins.").SignedIn(403);
        signedIn.MapDelete("/auth/sessions/", SessionsDoor.EndOthers).Say("end_other_sessions", Tag, "Sign out everywhere else", "Ends all logins but the one of this request.").GivesNothing("Ended.").SignedIn(403);
        signedIn.MapDelete("/auth/sessions/{id:long}/", SessionsDoor.End).Say("end_session", Tag, "End one of my logins", "Everything it was given stops working.").GivesNothing("Ended.").SignedIn(403, 404);
        ApiKeysDoor.Map(signedIn);
    }

    private static void Meetings(RouteGroupBuilder signedIn)
    {
        const string Tag = "Meetings";
        signedIn.MapGet("/meetings/", MeetingsDoor.List).Remembered().Say("list_meetings", Tag, "Meetings I host or am invited to", $"An array of at most {ListMeetings.Cap} (the total is in X-Total-Count), or pages if `page` or `page_size` is sent.")
            .Asks("status", "Only these.", Words("scheduled", "cancelled", "completed"))
            .Asks("from_date", "Start on or after this day (in the asker's zone) or time.", Text())
            .Asks("to_date", "Start on or before this day, or before this time.", Text())
            .Asks("ends_after", "End after this day's beginning or this time: with `to_date`, what overlaps.", Text())
            .Asks("search", "In title, description and location.", Text())
            .Asks("series", "Only occurrences of the series with this id.", Text())
            .Asks("ordering", "start_time, end_time, created_at or title; with - in front: descending.", Text())
            .Asks("page", "From 1.", Number(1, null))
            .Asks("page_size", "Default 20.", Number(1, 100))
            .Gives<MeetingItem[]>(200, "An array, or with pages: {count, next, previous, results}.").Document(d => d.PageType = typeof(Page<MeetingItem>)).SignedIn(400, 404);
        signedIn.MapPost("/meetings/", MeetingsDoor.Create).Once().Say("create_meeting", Tag, "Book a meeting", "Participants who are busy are left out and reported, unless `conflict_policy` says otherwise; the others get an invitation by mail. The host's own clashes are reported and never stop anything.")
            .Asks("strict", "1: a start in the past is refused.", Words("0", "1"))
            .Takes<Bodies.Meeting>().Gives<MeetingDetail>(201, "The meeting, and who is busy.").SignedIn(403);
        signedIn.MapPost("/meetings/check-conflicts/", MeetingsDoor.CheckConflicts).OnlyAsks().Say("check_conflicts", Tag, "Who is busy at a time?", "Meetings that you may not see are told as \"Busy\".")
            .Takes<Bodies.CheckConflicts>().Gives<CheckConflicts.Result>(200, "Busy people only.").SignedIn(403);
        signedIn.MapGet("/meetings/my-calendar/", MeetingsDoor.MyCalendar).Tagged().Say("my_calendar", Tag, "My coming meetings as a calendar file").GivesCalendar().SignedIn();
        signedIn.MapGet("/meetings/{id:guid}/", MeetingsDoor.Read).Say("read_meeting", Tag, "One meeting", "With an ETag; 304 if that is the one in If-None-Match.").Gives<MeetingDetail>(200, "The meeting.").SignedIn(404);
        signedIn.MapPut("/meetings/{id:guid}/", MeetingsDoor.Replace).Say("replace_meeting", Tag, "Change a meeting", "Host and cohosts. Participants are synchronised by address if sent; a meeting never clashes with itself.")
            .Asks("scope", "Of a series: this one, this and the following, or all that is to come. May stand in the body too.", Words("this", "following", "all"))
            .Takes<Bodies.Meeting>().Gives<MeetingDetail>(200, "The meeting, and who is busy.").SignedIn(403, 404, 412);
        signedIn.MapPatch("/meetings/{id:guid}/", MeetingsDoor.Change).Say("change_meeting", Tag, "Change some of a meeting", "Host and cohosts.")
            .Asks("scope", "Of a series: this one, this and the following, or all that is to come. May stand in the body too.", Words("this", "following", "all"))
            .Takes<Bodies.MeetingChange>().Gives<MeetingDetail>(200, "The meeting, and who is busy.").SignedIn(403, 404, 412);
        signedIn.MapDelete("/meetings/{id:guid}/", MeetingsDoor.Delete).Say("delete_meeting", Tag, "Delete a meeting", "Only the host. Everybody is told if it was still on.")
            .Asks("scope", "Of a series: this one, this and the following, or all that is to come. May stand in the body too.", Words("this", "following", "all")).GivesNothing("Deleted.").SignedIn(400, 403, 404, 412, 413, 415);
        signedIn.MapPost("/meetings/{id:guid}/cancel/", MeetingsDoor.Cancel).Say("cancel_meeting", Tag, "Cancel a meeting", "Host and cohosts. Everybody's time is free again; a cancellation is mailed.")
            .Asks("scope", "Of a series: this one, this and the following, or all that is to come. May stand in the body too.", Words("this", "following", "all"))
            .Gives<MeetingDetail>(200, "The meeting.").SignedIn(400, 403, 404, 412, 413, 415);
        signedIn.MapGet("/meetings/{id:guid}/export-ics/", MeetingsDoor.ExportIcs).Remembered().Say("export_meeting", Tag, "One meeting as a calendar file").GivesCalendar().SignedIn(404);
        signedIn.MapPost("/meetings/{id:guid}/notify/", MeetingsDoor.Notify).Say("notify", Tag, "Mail the participants again", "Host and cohosts.")
            .Takes<Bodies.Notify>(optional: true).Gives<Notify.Result>(200, "By address: whether a mail is on its way.").SignedIn(403, 404);
        signedIn.MapGet("/meetings/{id:guid}/notifications/", MeetingsDoor.Notifications).Say("list_notifications", Tag, "What was mailed, to whom, when, and why not", "Host and cohosts; newest first.")
            .Gives<ListNotifications.Notification[]>(200, "The log.").SignedIn(403, 404);
    }

    private static void Participants(RouteGroupBuilder signedIn)
    {
        const string Tag = "Participants";
        signedIn.MapGet("/meetings/{id:guid}/participants/", MeetingsDoor.Participants).Remembered().Say("list_participants", Tag, "Who is invited").Gives<Participant[]>(200, "The participants.").SignedIn(404);
        signedIn.MapPost("/meetings/{id:guid}/participants/", MeetingsDoor.AddParticipant).Once().Say("add_participant", Tag, "Invite one more", "Host and cohosts. A busy person is refused: `conflict` and `details` say why.")
            .Takes<Bodies.NewParticipant>().Gives<Participant>(201, "Invited.").SignedIn(403, 404);
        signedIn.MapPatch("/meetings/{id:guid}/participants/{pid:long}/", MeetingsDoor.ChangeParticipant).Say("change_participant", Tag, "Change a participant's name or role", "Only the host.")
            .Takes<Bodies.ParticipantChange>().Gives<Participant>(200, "Changed.").SignedIn(403, 404);
        signedIn.MapDelete("/meetings/{id:guid}/participants/{pid:long}/", MeetingsDoor.RemoveParticipant).Say("remove_participant", Tag, "Take a participant off", "Host and cohosts; a cancellation is mailed to them.").GivesNothing("Removed.").SignedIn(403, 404);
        signedIn.MapPatch("/meetings/{id:guid}/participants/{pid:long}/status/", MeetingsDoor.AnswerInvitation).Say("answer_invitation", Tag, "Answer an invitation", "The participant, the host or a cohost. Declining frees the time; accepting again needs it to be free still.")
            .Asks("scope", "Of a series: this one, this and the following, or all that is to come. May stand in the body too.", Words("this", "following", "all"))
            .Takes<Bodies.ParticipantStatus>().Gives<Participant>(200, "Answered.").SignedIn(403, 404);
    }

    private static void Invitations(RouteGroupBuilder everybody)
    {
        const string Tag = "Participants";
        everybody.MapPost("/rsvp/read/", InvitationDoor.Read).OnlyAsks().AddEndpointFilter(Authentication.Optional).Say("read_invitation", Tag, "An invitation, by the link of its mail", "Works without signing in, as often as wanted, and changes nothing.")
            .Takes<Bodies.InvitationToken>().Gives<AnswerByLink.Invitation>(200, "The invitation.").Fails(401, 403, 404, 429);
        everybody.MapPost("/rsvp/", InvitationDoor.Answer).AddEndpointFilter(Authentication.Optional).Say("answer_by_link", Tag, "Answer an invitation by the link of its mail", "Works without signing in, and again for who changes their mind.")
            .Takes<Bodies.InvitationAnswer>().Gives<AnswerByLink.Invitation>(200, "The invitation, answered.").Fails(401, 403, 404, 429);
        everybody.MapPost("/inbound-mail/", InboundMailDoor.Take).Say("take_mail", Tag, "Hand in a mail that answers an invitation", "For mail servers, with `Authorization: Bearer <INBOUND_MAIL_SECRET>`. REPLY, COUNTER and REFRESH as calendar programs send them (iMIP, RFC 6047). Whatever was understood, and whatever would be no better the next time, is answered with 200; try again after 5xx.")
            .TakesMail(InboundMailDoor.Largest).Gives<TakeMail.Result>(200, "What became of it.").Fails(401, 404);
    }

    private static void Proposals(RouteGroupBuilder signedIn)
    {
        const string Tag = "Participants";
        signedIn.MapGet("/proposals/", ProposalsDoor.Open).Tagged().Say("list_open_proposals", Tag, "Other times that wait for my answer", $"In all meetings to come that I host or am a cohost of, by their start; at most {ListOpenProposals.Most}.")
            .Gives<ListOpenProposals.Waiting[]>(200, "The proposals, each with its meeting.").SignedIn();
        signedIn.MapGet("/meetings/{id:guid}/proposals/", ProposalsDoor.List).Tagged().Say("list_proposals", Tag, "Other times proposed for a meeting", $"Host and cohosts see all, an invitee their own; newest first, at most {ListProposals.Most}.")
            .Gives<Proposal[]>(200, "The proposals.").SignedIn(404);
        signedIn.MapPost("/meetings/{id:guid}/proposals/", ProposalsDoor.Propose).Once().Say("propose_time", Tag, "Propose another time", "Whoever is invited; the host is told. Nothing moves until it is accepted. A new proposal takes the place of one's older one.")
            .Takes<Bodies.Proposal>().Gives<Proposal>(201, "Proposed.").SignedIn(403, 404);
        signedIn.MapPost("/meetings/{id:guid}/proposals/{proposal:long}/accept/", ProposalsDoor.Accept).Say("accept_proposal", Tag, "Accept another time", "Host and cohosts. The meeting moves as a PATCH with these times would move it.")
            .Takes<Bodies.ProposalAccepted>(optional: true).Gives<MeetingDetail>(200, "The meeting, and who is busy.").SignedIn(403, 404);
        signedIn.MapPost("/meetings/{id:guid}/proposals/{proposal:long}/decline/", ProposalsDoor.Decline).Say("decline_proposal", Tag, "Decline another time", "Host and cohosts. Whoever proposed it is told by mail.")
            .Gives<Proposal>(200, "Declined.").SignedIn(400, 403, 404);
    }

    private static void Live(RouteGroupBuilder signedIn) =>
        signedIn.MapGet("/live/", LiveDoor.Listen).DisableHttpMetrics().Say("listen", "Live", "Hear of changes as they happen", "Server-sent events: `ready` at first, then `change` when anything in the caller's calendar or meetings has changed, through whatever door or node; the id is the calendar's revision. Who comes back with Last-Event-ID gets a `change` if there was one meanwhile.")
            .GivesEvents().SignedIn(429);

    private static void Attachments(RouteGroupBuilder signedIn)
    {
        const string Tag = "Attachments";
        signedIn.MapGet("/meetings/{id:guid}/attachments/", AttachmentsDoor.List).Remembered().Say("list_attachments", Tag, "A meeting's documents").Gives<Attachment[]>(200, "By the time they came.").SignedIn(404);
        signedIn.MapPost("/meetings/{id:guid}/attachments/", AttachmentsDoor.Add).Once().Say("add_attachments", Tag, "Attach files to a meeting", "Host and cohosts. All of the request's files are taken, or none. What a file is, is found out from its content; a name without a fitting ending gets one. " + FileKind.Accepted)
            .TakesFiles().Gives<Attachment[]>(201, "The new ones.").SignedIn(403, 404);
        signedIn.MapGet("/meetings/{id:guid}/attachments/{aid:long}/", AttachmentsDoor.Download).Say("download_attachment", Tag, "Download a document", "Whoever is in the meeting. Ranges, If-Match and If-None-Match are understood.").GivesFile().SignedIn(404);
        signedIn.MapDelete("/meetings/{id:guid}/attachments/{aid:long}/", AttachmentsDoor.Delete).Say("delete_attachment", Tag, "Take a document off a meeting", "Host and cohosts.").GivesNothing("Deleted.").SignedIn(403, 404);
    }

    private static void Availability(RouteGroupBuilder signedIn)
    {
        const string Tag = "Availability";
        signedIn.MapGet("/availability/", AvailabilityDoor.Read).Say("read_availability", Tag, "When I can be met, or when somebody is free", "Without `user`: my own rules. With it: that person's free and busy time, never with what; 403 if they don't show it to the asker.")
            .Asks("user", "A user id or an e-mail address.", Text())
            .Asks("from", "With `user`: from this day (in the asker's zone) or time; default now.", Text())
            .Asks("to", $"With `user`: to the end of this day, or to this time; default a week later, at most {ReadFreeBusy.MostDays} days.", Text())
            .Gives<MyAvailability>(200, "My rules; with `user`: {user_id, from, to, busy, free}.").Document(d => d.PageType = typeof(ReadFreeBusy.Result)).SignedIn(400, 403, 404);
        signedIn.MapPut("/availability/", AvailabilityDoor.Change).Say("change_availability", Tag, "Set my weekly hours and focus time", "What is absent stays. Several ranges a day, also over midnight.")
            .Takes<Bodies.Availability>().Gives<MyAvailability>(200, "My rules.").SignedIn(403);
        signedIn.MapGet("/availability/overrides/", AvailabilityDoor.ListOverrides).Tagged().Say("list_overrides", Tag, "My hours of single dates, blocked hours and absences", "By date; only what is not over, unless `from` says otherwise.")
            .Asks("from", "From this day; default today.", Text()).Asks("to", "To this day.", Text())
            .Gives<Override[]>(200, "The overrides.").SignedIn(400);
        signedIn.MapPost("/availability/overrides/", AvailabilityDoor.CreateOverride).Once().Say("create_override", Tag, "Other hours on a date, blocked hours, or an absence", "What is booked in that time stays booked, and is told as `conflicts`.")
            .Takes<Bodies.Override>().Gives<Override>(201, "The override.").SignedIn(403);
        signedIn.MapGet("/availability/overrides/{id:long}/", AvailabilityDoor.ReadOverride).Say("read_override", Tag, "One override").Gives<Override>(200, "The override.").SignedIn(404);
        signedIn.MapPut("/availability/overrides/{id:long}/", AvailabilityDoor.ReplaceOverride).Say("replace_override", Tag, "Change an override").Takes<Bodies.Override>().Gives<Override>(200, "The override.").SignedIn(403, 404);
        signedIn.MapDelete("/availability/overrides/{id:long}/", AvailabilityDoor.DeleteOverride).Say("delete_override", Tag, "Delete an override").GivesNothing("Deleted.").SignedIn(403, 404);
    }

    private static void Events(RouteGroupBuilder signedIn)
    {
        const string Tag = "Events";
        signedIn.MapGet("/events/", EventsDoor.List).Tagged().Say("list_events", Tag, "My events", $"By start: an array of at most {ListEvents.Cap} (the total is in X-Total-Count), or pages if `page` or `page_size` is sent.")
            .Asks("to_date", "Start on or before this day (in the asker's zone), or before this time.", Text())
            .Asks("ends_after", "End after this day's beginning or this time: with `to_date`, what overlaps.", Text())
            .Asks("page", "From 1.", Number(1, null)).Asks("page_size", "Default 20.", Number(1, 100))
            .Gives<Event[]>(200, "An array, or with pages: {count, next, previous, results}.").Document(d => d.PageType = typeof(Page<Event>)).SignedIn(400, 404);
        signedIn.MapPost("/events/", EventsDoor.Create).Once().Say("create_event", Tag, "Mark my time as busy or free", "It only blocks: it is never refused because of what is there already.")
            .Takes<Bodies.Event>().Gives<Event>(201, "The event.").SignedIn(403);
        signedIn.MapGet("/events/{id:long}/", EventsDoor.Read).Tagged().Say("read_event", Tag, "One of my events").Gives<Event>(200, "The event.").SignedIn(404);
        signedIn.MapPut("/events/{id:long}/", EventsDoor.Replace).Say("replace_event", Tag, "Change an event").Takes<Bodies.Event>().Gives<Event>(200, "The event.").SignedIn(403, 404);
        signedIn.MapPatch("/events/{id:long}/", EventsDoor.Change).Say("change_event", Tag, "Change some of an event").Takes<Bodies.EventChange>().Gives<Event>(200, "The event.").SignedIn(403, 404);
        signedIn.MapDelete("/events/{id:long}/", EventsDoor.Delete).Say("delete_event", Tag, "Delete an event")
            .Asks("scope", "Of one that repeats: this one, this and the following, or all.", Words("this", "following", "all")).GivesNothing("Deleted.").SignedIn(400, 403, 404, 413, 415);
    }

    private static void InAndOut(RouteGroupBuilder everybody, RouteGroupBuilder signedIn)
    {
        const string Tag = "In and out";
        signedIn.MapPost("/calendars/import/", ImportDoor.Import).Say("import_calendar", Tag, "Import a calendar file", "Without `commit` it tells what would become of each item, and writes nothing. With it all is written at once. The file's events become events of my own: they take my time, and nobody is invited or mailed. What was imported before is recognised by its UID. The file comes in a form, or as a body of type text/calendar with the other fields in the query.")
            .Asks("commit", "As in the form.", Words("true", "false")).Asks("timezone", "As in the form.", Text())
            .TakesCalendar().Gives<ImportCalendar.Result>(200, "What becomes of each item.").SignedIn(403);
        signedIn.MapGet("/feeds/", FeedsDoor.List).Say("list_feeds", Tag, "The links to my calendar").Gives<Feed[]>(200, "The feeds, the oldest first.").SignedIn(403);
        signedIn.MapPost("/feeds/", FeedsDoor.Create).Say("create_feed", Tag, "A link that calendar programs subscribe to").Takes<Bodies.Feed>().Gives<Feed>(201, "The feed.").SignedIn(403);
        signedIn.MapPatch("/feeds/{id:long}/", FeedsDoor.Change).Say("change_feed", Tag, "Change a feed").Takes<Bodies.FeedChange>().Gives<Feed>(200, "The feed.").SignedIn(403, 404);
        signedIn.MapPost("/feeds/{id:long}/renew/", FeedsDoor.Renew).Say("renew_feed", Tag, "Give a feed a new address", "The old one ends.").Gives<Feed>(200, "The feed.").SignedIn(403, 404);
        signedIn.MapDelete("/feeds/{id:long}/", FeedsDoor.Delete).Say("delete_feed", Tag, "End a feed").GivesNothing("Ended.").SignedIn(403, 404);
        everybody.MapGet("/feeds/{secret}.ics/", FeedsDoor.Read).Say("read_feed", Tag, "A calendar, by its link", "For calendar programs: the address is all they need. With ETag and Last-Modified.").GivesFeed().Fails(404);
    }

    private static void ExternalCalendars(RouteGroupBuilder signedIn)
    {
        const string Tag = "External calendars";
        signedIn.MapGet("/external-calendars/", ExternalCalendarsDoor.List).Say("list_external_calendars", Tag, "My calendars elsewhere", "With how fresh they are. Of what is in them only busy time counts, and is told to nobody else.")
            .Gives<ExternalCalendar[]>(200, "The calendars.").SignedIn();
        signedIn.MapPost("/external-calendars/", ExternalCalendarsDoor.Add).Once().Say("add_external_calendar", Tag, "Add a calendar by its address", $"An iCalendar file (.ics) or published free and busy time; http, https or webcal. At most {ExternalCalendar.Most} calendars of 5 MB. It is read at once if it answers within a few seconds; if not, it is there all the same, and `error` says why. Convene's own meetings in it don't count.")
            .Takes<Bodies.ExternalCalendar>().Gives<ExternalCalendar>(201, "The calendar.").SignedIn(403, 429);
        signedIn.MapPatch("/external-calendars/{id:long}/", ExternalCalendarsDoor.Change).Say("change_external_calendar", Tag, "Change a calendar's name, address, or what counts while it can't be read", "With another address it is read at once; until it answers, what was read before goes on counting.")
            .Takes<Bodies.ExternalCalendarChange>().Gives<ExternalCalendar>(200, "The calendar.").SignedIn(403, 404, 429);
        signedIn.MapDelete("/external-calendars/{id:long}/", ExternalCalendarsDoor.Delete).Say("delete_external_calendar", Tag, "Take a calendar off", "The time that it takes up is free again.").GivesNothing("Deleted.").SignedIn(403, 404);
        signedIn.MapPost("/external-calendars/{id:long}/refresh/", ExternalCalendarsDoor.Refresh).Say("refresh_external_calendar", Tag, "Read a calendar now").Gives<ExternalCalendar>(200, "The calendar.").SignedIn(403, 404, 429);
    }

    private static void Scheduling(RouteGroupBuilder everybody, RouteGroupBuilder signedIn)
    {
        const string Tag = "Scheduling";
        everybody.MapPost("/scheduling/find-slots/", SlotsDoor.Find).OnlyAsks().AddEndpointFilter(Authentication.Optional).Say("find_slots", Tag, "Times that suit everybody", "Open to all: it tells free slots only, never why others are not. The starts are every half hour of the coming week unless you say otherwise, and never past.")
            .Takes<Bodies.FindSlots>(optional: true).Gives<FindSlots.Result>(200, "The slots, by start.").Fails(401, 403, 429);
        signedIn.MapPost("/scheduling/explain/", SlotsDoor.Explain).OnlyAsks().Say("explain_time", Tag, "Why does a time not suit?", "Who can't be met and the kind of reason, and the nearest time that suits all. It answers from what find-slots answers from.")
            .Takes<Bodies.ExplainTime>().Gives<ExplainTime.Result>(200, "The answer.").SignedIn(403);
        everybody.MapPost("/recurrence/preview/", RecurrenceDoor.Preview).OnlyAsks().AddEndpointFilter(Authentication.Optional).Say("preview_recurrence", Tag, "What a recurrence comes to", "Open to all. Rules are RFC 5545's, with RSCALE=GREGORIAN and SKIP of RFC 7529; what is not quite right but has one obvious meaning is read so and told in `warnings`.")
            .Takes<Bodies.PreviewRecurrence>().Gives<PreviewRecurrence.Result>(200, "Its occurrences, and what it is in words.").Fails(401, 403, 429);
    }

    /// System 3.
    private static void HourlyEvents(RouteGroupBuilder everybody, RouteGroupBuilder signedIn)
    {
        const string Tag = "Hourly calendar";
        everybody.MapPost("/user/sign_up/", HourlyCalendar.SignUp).Say("sign_up", Tag, "Sign up").Takes<Bodies.SignUp>().Gives<HourlyCalendar.User>(201, "The account.").Fails(429);
        everybody.MapPost("/user/login/", HourlyCalendar.Login).Say("user_login", Tag, "Sign in", "The session and CSRF cookies are set too.")
            .Takes<Bodies.UserLogin>().Gives<HourlyCalendar.SignedIn>(200, "Signed in; the token is for `Authorization: Token`.").Fails(401, 429);
        signedIn.MapPost("/user/block_slots/", HourlyCalendar.BlockSlots).Say("block_slots", Tag, "Block hours of a day", "They become exactly these. An hour in which something is booked is refused.")
            .Takes<Bodies.BlockSlots>().Gives<HourlyCalendar.Envelope<HourlyCalendar.Day>>(200, "The day.").SignedIn(403);
        signedIn.MapGet("/user/get_available_slots/", HourlyCalendar.AvailableSlots).Say("get_available_slots", Tag, "The hours of a day in which somebody can be booked", "A day for which nothing was set is open as a whole.")
            .Asks("date", "YYYY-MM-DD; required.", Text()).Asks("user", "An e-mail address; default: the asker.", Text())
            .Gives<HourlyCalendar.Envelope<HourlyCalendar.Day>>(200, "The day.").SignedIn(400, 403, 404);
        signedIn.MapPost("/event/", HourlyCalendar.Create).Once().Say("book_event", Tag, "Book an hour with others", "The organiser and every participant must be available and free: otherwise nothing is booked.")
            .Asks("strict", "1: a time in the past is refused.", Words("0", "1"))
            .Takes<Bodies.HourlyEvent>().Gives<HourlyCalendar.Envelope<HourlyCalendar.Event>>(201, "The event.").SignedIn(403);
        signedIn.MapGet("/event/", HourlyCalendar.List).Tagged().Say("list_booked_events", Tag, "My coming events", "Meetings booked elsewhere are among them. Ten a page, by time.")
            .Asks("page", "From 1.", Number(1, null)).Asks("include_past", "1: past ones too.", Words("0", "1")).Asks("status", "Only these.", Words("active", "cancelled"))
            .Gives<Page<HourlyCalendar.Event>>(200, "A page.").SignedIn(400, 404);
        signedIn.MapGet("/event/{id:long}/", HourlyCalendar.ReadOne).Tagged().Say("read_booked_event", Tag, "One event").Gives<HourlyCalendar.Envelope<HourlyCalendar.Event>>(200, "The event.").SignedIn(404);
        signedIn.MapPut("/event/{id:long}/", HourlyCalendar.Replace).Say("replace_booked_event", Tag, "Change an event", "Whoever takes part may. The participants include the organiser, who can't be removed.")
            .Takes<Bodies.HourlyEventChange>().Gives<HourlyCalendar.Envelope<HourlyCalendar.Event>>(200, "The event.").SignedIn(403, 404);
        signedIn.MapPatch("/event/{id:long}/", HourlyCalendar.Change).Say("change_booked_event", Tag, "Change some of an event")
            .Takes<Bodies.HourlyEventChange>().Gives<HourlyCalendar.Envelope<HourlyCalendar.Event>>(200, "The event.").SignedIn(403, 404);
        signedIn.MapDelete("/event/{id:long}/", HourlyCalendar.Delete).Say("delete_booked_event", Tag, "Delete an event", "Only the organiser; everybody is told if it was still on.").GivesNothing("Deleted.").SignedIn(403, 404);
    }

    /// System 4. Its paths stand beside /api/, most without a slash at the end.
    private static void Organizers(RouteGroupBuilder everybody, RouteGroupBuilder signedIn)
    {
        const string Tag = "Organizers";
        everybody.MapPost("/users/login/", OrganizerCalendar.Login).Say("login_or_sign_up", Tag, "Sign in, or sign up", "Who is not known yet gets an account: mind the spelling.")
            .Takes<Bodies.LoginOrSignUp>().Gives<OrganizerCalendar.SignedIn>(200, "Signed in.").Gives<OrganizerCalendar.SignedIn>(201, "Signed up and in.").Fails(429);
        signedIn.MapPost("/users/logout/", OrganizerCalendar.Logout).Say("end_token", Tag, "Sign out", "The token of the request stops working.").GivesNothing("Signed out.").SignedIn(400, 403);
        signedIn.MapGet("/meetings/meeting-types", OrganizerCalendar.ListTypes).Say("list_meeting_types", Tag, "Kinds of meetings").Gives<MeetingTypes.MeetingType[]>(200, "The types; the first keeps time free.").SignedIn();
        signedIn.MapPost("/meetings/meeting-types", OrganizerCalendar.AddType).Once().Say("add_meeting_type", Tag, "Add a kind of meeting", "Administrators.").Takes<Bodies.MeetingType>().Gives<MeetingTypes.MeetingType>(201, "The type.").SignedIn(403);
        signedIn.MapGet("/meetings/availability", OfferedSlotsDoor.Read).Say("list_offered_slots", Tag, "The weekly slots that somebody offers, and what is booked", "Of others only when they are booked.")
            .Asks("user_id", "Default: the asker.", Number(1, null)).Gives<OrganizerCalendar.Offer>(200, "In the asker's zone.").SignedIn(404);
        signedIn.MapPost("/meetings/availability", OfferedSlotsDoor.Create).Say("offer_slots", Tag, "Offer weekly slots", "Each by itself: wrong ones are reported, good ones kept. Slots of the type focus time block instead.")
            .Takes<Bodies.OfferedSlots>().Gives<OfferedSlotsDoor.Created>(201, "What was made, and what was wrong.").SignedIn(403);
        signedIn.MapPatch("/meetings/availability/{id:long}", OfferedSlotsDoor.Change).Say("change_offered_slot", Tag, "Change a slot").Takes<Bodies.OfferedSlotChange>().Gives<OrganizerCalendar.WeeklySlot>(200, "The slot.").SignedIn(403, 404);
        signedIn.MapDelete("/meetings/availability/{id:long}", OfferedSlotsDoor.Delete).Say("delete_offered_slot", Tag, "Withdraw a slot").GivesNothing("Withdrawn.").SignedIn(403, 404);
        signedIn.MapPost("/meetings/schedule", OrganizerCalendar.Schedule).Once().Say("schedule_meeting", Tag, "Book a meeting with an organizer", "In one of their slots, when both are free.")
            .Takes<Bodies.ScheduleMeeting>().Gives<OrganizerCalendar.Scheduled>(201, "Booked.").SignedIn(403, 404);
        signedIn.MapPatch("/meetings/{id:guid}/extend/", OrganizerCalendar.Extend).Say("extend_meeting", Tag, "Make a meeting longer", "What its organizer has right behind it is pushed, on the same day and within their hours, if everybody there can; else nothing moves.")
            .Takes<Bodies.ExtendMeeting>().Gives<OrganizerCalendar.Extended>(200, "Extended.").SignedIn(403, 404);
        signedIn.MapGet("/meetings/day/{date}/", OrganizerCalendar.ReadDay).Tagged().Say("read_day", Tag, "My meetings of a day", "YYYY-MM-DD, in the asker's zone.").Gives<OrganizerCalendar.Day>(200, "By start.").SignedIn(400);
        signedIn.MapPost("/meetings/reschedule/suggestions/{id:guid}", OrganizerCalendar.Suggest).OnlyAsks().Say("suggest_times", Tag, "Other times that suit everybody in a meeting", "The nearest to what was planned first, each with the request that takes it.")
            .Gives<OrganizerCalendar.Suggestion[]>(200, "At most five.").SignedIn(403, 404);
        signedIn.MapPost("/meetings/reschedule/", OrganizerCalendar.Reschedule).Say("reschedule_meeting", Tag, "Move a meeting", "Only the organizer, and only if everybody in it is free.")
            .Takes<Bodies.Reschedule>().Gives<Detail>(200, "Moved.").SignedIn(403, 404);
        signedIn.MapGet("/api/meetings/{id:guid}/history/", MeetingsDoor.History).Tagged().Say("list_changes", "Meetings", "How a meeting was moved, extended or cancelled", "Newest first.").Gives<ListChanges.Change[]>(200, "The changes.").SignedIn(404);
    }

    private static void Admin(RouteGroupBuilder signedIn, RouteGroupBuilder administrators)
    {
        const string Tag = "Administration";
        signedIn.MapGet("/admin/claim/", AdminDoor.ReadClaim).Say("read_claim", Tag, "Whether the house still waits for its first administrator", "For everybody who is signed in.").Gives<ReadClaim.Claim>(200, "Whether it does.").SignedIn(403);
        signedIn.MapPost("/admin/claim/", AdminDoor.Claim).Say("claim_admin", Tag, "Become the first administrator", "With the token that the server prints on its console while there is none.")
            .Takes<Bodies.ClaimAdmin>().Gives<Account>(200, "My account.").SignedIn(403);
        administrators.MapGet("/people/", AdminDoor.People).Say("admin_list_people", Tag, "Everybody with an account")
            .Asks("is_active", "Only these.", Words("true", "false")).Asks("is_staff", "Only these.", Words("true", "false"))
            .Pages("In address, user name and name.", AdminDoor.PeopleOrders).Gives<Page<AdminPerson>>(200, "A page.").ForAdministrators(400, 404);
        administrators.MapPatch("/people/{id:long}/", AdminDoor.ChangePerson).Say("admin_change_person", Tag, "Deactivate an account, or let it in again; give administration, or take it", "Never of one's own account, so that one administrator is always left. Deactivating ends all sign-ins.")
            .Takes<Bodies.PersonChange>().Gives<AdminPerson>(200, "The account.").ForAdministrators(404);
        administrators.MapPost("/people/{id:long}/sign-out/", AdminDoor.SignOutPerson).Say("admin_sign_out_person", Tag, "End all of somebody's sign-ins").Gives<Detail>(200, "Ended.").ForAdministrators(404);
        administrators.MapGet("/meetings/", AdminDoor.Meetings).Say("admin_list_meetings", Tag, "Everybody's meetings")
            .Asks("status", "Only these.", Words("scheduled", "cancelled", "completed"))
            .Asks("from_date", "Start on or after this day (in the asker's zone) or time.", Text()).Asks("to_date", "Start on or before this day, or before this time.", Text())
            .Pages("In title, location, and the host's name and address.", AdminDoor.MeetingOrders).Gives<Page<ListAllMeetings.Meeting>>(200, "A page.").ForAdministrators(400, 404);
        administrators.MapPost("/meetings/{id:guid}/cancel/", AdminDoor.CancelMeeting).Say("admin_cancel_meeting", Tag, "Cancel somebody's meeting", "Host and participants are told, with the reason.")
            .Takes<Bodies.AdminCancel>().Gives<Detail>(200, "Cancelled.").ForAdministrators(404);
        administrators.MapGet("/outbox/", AdminDoor.Outbox).Say("admin_list_outbox", Tag, "Mail that is owed, was sent, or was given up", "Never what it says. Newest first unless ordered otherwise.")
            .Asks("state", "Only these.", Words(OutboxMail.States)).Pages("In recipient and subject.", AdminDoor.OutboxOrders).Gives<Page<OutboxMail>>(200, "A page.").ForAdministrators(400, 404);
        administrators.MapPost("/outbox/retry-failed/", AdminDoor.RetryFailed).Say("admin_retry_failed_mail", Tag, "Try everything again that was given up").Gives<RetryMail.Result>(200, "How many.").ForAdministrators();
        administrators.MapPost("/outbox/{id:long}/retry/", AdminDoor.RetryMail).Say("admin_retry_mail", Tag, "Try a mail again at once").Gives<OutboxMail>(200, "The mail.").ForAdministrators(400, 404);
        administrators.MapDelete("/outbox/{id:long}/", AdminDoor.GiveUpMail).Say("admin_give_up_mail", Tag, "Give a mail up", "It stays in the outbox as failed.").GivesNothing("Given up.").ForAdministrators(400, 404);
        administrators.MapGet("/jobs/", AdminDoor.Jobs).Say("admin_list_jobs", Tag, "What runs by the clock, and how it went on each node").Gives<ListJobs.JobState[]>(200, "The jobs.").ForAdministrators();
        administrators.MapGet("/health/", AdminDoor.Health).Say("admin_read_health", Tag, "How the server is doing").Gives<ReadHealth.Health>(200, "The figures.").ForAdministrators();
        administrators.MapGet("/audit/", AdminDoor.Audit).Say("admin_list_audit", Tag, "Who did what, when and from where", "Newest first unless ordered otherwise.")
            .Asks("actor", "Whose doing: a number, an address or a user name.", Text()).Asks("subject", "A meeting's id, or an account's number, address or user name.", Text())
            .Asks("kind", "Such as meeting.cancelled, or all that is about a thing: meeting, account, availability, external_calendar, mail.", Text())
            .Asks("from", "From this day (in the asker's zone) or time.", Text()).Asks("to", "To the end of this day, or before this time.", Text())
            .Pages(null, AdminDoor.AuditOrders).Gives<Page<AuditEntry>>(200, "A page.").ForAdministrators(400, 404);
        signedIn.MapGet("/meetings/{id:guid}/audit/", MeetingsDoor.Audit).Say("list_meeting_audit", "Meetings", "Who changed what of a meeting", $"Host and cohosts; the newest {ListMeetingAudit.Most}.").Gives<AuditEntry[]>(200, "Newest first.").SignedIn(403, 404);
    }

    private static RouteHandlerBuilder ForAdministrators(this RouteHandlerBuilder route, params int[] also) =>
        route.SignedIn([403, .. also]).Document(d => d.Answers[403] = "Only administrators may.");

    /// <param name="search">What is searched; null: nothing.</param>
    private static RouteHandlerBuilder Pages(this RouteHandlerBuilder route, string? search, string[] orders)
    {
        if (search is not null)
            route.Asks("search", search, Text());
        return route.Asks("ordering", $"{string.Join(", ", orders)}; with - in front: descending.", Text()).Asks("page", "From 1.", Number(1, null)).Asks("page_size", "Default 20.", Number(1, 100));
    }

    internal static RouteHandlerBuilder SignedIn(this RouteHandlerBuilder route, params int[] also) =>
        route.Fails([401, .. also]).Document(d => d.SignedIn = true).LimitedIfItChanges();

    private static JsonObject Text() => new() { ["type"] = "string" };

    private static JsonObject Words(params string[] words) => new() { ["type"] = "string", ["enum"] = new JsonArray([.. words.Select(w => (JsonNode)w)]) };

    private static JsonObject Number(int least, int? most)
    {
        var schema = new JsonObject { ["type"] = "integer", ["minimum"] = least };
        if (most is { } maximum)
            schema["maximum"] = maximum;
        return schema;
    }
}
