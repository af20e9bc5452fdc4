using System.Net.Mail;

namespace Convene.Server.Outside.Mail;

/// Without an SMTP server mail is written to a folder, one `.eml` file each, to be read at /dev/mail or by any mail program.
public sealed class FolderMailer(MailAddress from, string domain, string folder) : Mailer(from, domain)
{
    public override string Description => $"files in {folder}";

    public override async Task Send(OutgoingMail mail, CancellationToken cancel)
    {
        var target = Path.GetFullPath(folder);
        // Written beside, then moved: a reader never sees half a mail, and a mail sent twice is one file.
        var work = Path.Combine(target, ".tmp", mail.Id);
        Directory.CreateDirectory(work);
        try
        {
            using var message = Message(mail);
            using var client = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = work };
            await client.SendMailAsync(message, cancel);
            File.Move(Directory.GetFiles(work).Single(), Path.Combine(target, $"{mail.Id}.eml"), overwrite: true);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }
}
