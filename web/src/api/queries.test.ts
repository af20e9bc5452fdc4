import { QueryObserver } from '@tanstack/react-query';
import { expect, test, vi } from 'vitest';
import { Queries } from './queries';

test('what changes while it is read for the first time is read again', async () => {
  const queries = new Queries();
  const answers: ((value: string) => void)[] = [];
  const observer = new QueryObserver(queries, { queryKey: ['meetings'], retry: false, queryFn: () => new Promise<string>((resolve) => answers.push(resolve)) });
  const seen: unknown[] = [];
  const stop = observer.subscribe(({ data, error }) => seen.push(error ?? data));

  void queries.invalidateQueries();
  answers[0]?.('before the change');
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  answers[1]?.('after it');

  await vi.waitFor(() => expect(observer.getCurrentResult().data).toBe('after it'));
  expect(new Set(seen)).toEqual(new Set([undefined, 'after it']));
  stop();
});
