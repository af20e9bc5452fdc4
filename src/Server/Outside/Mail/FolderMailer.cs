using System.Net.Mail;

namespace Convene.Server.Outside.Mail;

/// Without an SMTP server mail is written to a folder, one `.eml` file each, to be read at /dev/mail or by any mail program.
public sealed class FolderMailer(MailAddress from, string domain, string folder) : Mailer(from, domain)
{
    public override string Description => $"files in {folder}";

    public override async Task<bool> Send(OutgoingMail mail, Func<Task<bool>> mayGo, CancellationToken cancel)
    {
        if (!await mayGo())
            return false;
        var target = Path.GetFullPath(folder);
        Directory.CreateDirectory(target);
        // Written beside, then moved: a reader never sees half a mail, and a mail sent twice is one file.
        var half = Path.Combine(target, $".{mail.Id}.tmp");
        await File.WriteAllBytesAsync(half, await Bytes(mail, cancel), cancel);
        File.Move(half, Path.Combine(target, $"{mail.Id}.eml"), overwrite: true);
        return true;
    }
}
