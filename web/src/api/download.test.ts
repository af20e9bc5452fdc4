import { afterEach, expect, test, vi } from 'vitest';
import { download, nameIn } from './download';

afterEach(() => vi.unstubAllGlobals());

const bytes = (...texts: string[]) => new ReadableStream<Uint8Array>({
  start(stream) {
    for (const text of texts) stream.enqueue(new TextEncoder().encode(text));
    stream.close();
  },
});

test.each([
  ['attachment; filename=convene-2030-03-04.zip; filename*=UTF-8\'\'convene-2030-03-04.zip', 'convene-2030-03-04.zip'],
  ['attachment; filename="my export.zip"', 'my export.zip'],
  ['inline', ''],
  [null, ''],
])('the name of %s', (disposition, name) => {
  expect(nameIn(disposition)).toBe(name);
});

test('what came so far is told while it comes', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(bytes('abc', 'defg'), { headers: { 'Content-Type': 'application/zip', 'Content-Disposition': 'attachment; filename=a.zip' } })));
  const seen: number[] = [];
  const { file, name } = await download('/x', { onProgress: (n) => seen.push(n), signal: new AbortController().signal });
  expect([await file.text(), file.type, name, seen]).toEqual(['abcdefg', 'application/zip', 'a.zip', [3, 7]]);
});

test('what is refused, or breaks off, is an error', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('{"detail":"No."}', { status: 403, headers: { 'Content-Type': 'application/json' } })));
  await expect(download('/x', { onProgress: () => undefined, signal: new AbortController().signal })).rejects.toThrow('No.');
  const broken = new ReadableStream({ start: (stream) => stream.error(new TypeError('network')) });
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(broken)));
  await expect(download('/x', { onProgress: () => undefined, signal: new AbortController().signal })).rejects.toMatchObject({ status: 0 });
});
