namespace Convene.Server.Features.Privacy;

/// Keeps what is written synchronously until the next asynchronous write. The framework ends each file of a ZIP with a few synchronous ones, which a web server's answers don't take.
internal sealed class LateStream(Stream output) : Stream
{
    private readonly MemoryStream late = new();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => late.Write(buffer, offset, count);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await PassOn(cancellationToken);
        await output.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await PassOn(cancellationToken);
        await output.FlushAsync(cancellationToken);
    }

    public override void Flush()
    {
        // What is late is passed on asynchronously.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private async Task PassOn(CancellationToken cancel)
    {
        if (late.Length == 0)
            return;
        await output.WriteAsync(late.GetBuffer().AsMemory(0, (int)late.Length), cancel);
        late.SetLength(0);
    }
}
