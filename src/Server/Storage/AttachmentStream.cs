namespace Convene.Server.Storage;

/// An attachment's content, read part by part as it is asked for: whoever downloads slowly holds one part in memory and no transaction open.
/// What is stored never changes; if it is deleted meanwhile, reading fails.
public sealed class AttachmentStream(Store store, long attachment, long length) : Stream
{
    private byte[] part = [];
    private long number = -1;
    private long position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => position;
        set => position = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (position >= length || buffer.Length == 0)
            return 0;
        var (wanted, offset) = Math.DivRem(position, AttachmentRows.PartSize);
        if (wanted != number)
        {
            part = await store.ReadOne(tx => AttachmentRows.Part(tx, attachment, wanted), cancellationToken) ?? throw new IOException("The attachment was deleted while it was read.");
            number = wanted;
        }

        var count = Math.Min(buffer.Length, part.Length - (int)offset);
        part.AsMemory((int)offset, count).CopyTo(buffer);
        position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => position + offset,
        _ => length + offset,
    };

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("It is read asynchronously.");

    public override void Flush()
    {
        // Nothing is written.
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
