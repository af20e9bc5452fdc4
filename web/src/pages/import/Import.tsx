import { useRef, useState, type DragEvent } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CircleCheck, FileUp, TriangleAlert } from 'lucide-react';
import type { Imported } from '../../api/calendars';
import { ApiError } from '../../api/problems';
import { upload } from '../../api/upload';
import { Button, ButtonLink } from '../../look/Button';
import { Card, Empty, Notice, Page } from '../../look/Page';
import { ZonePicker } from '../../look/ZonePicker';
import { viewerZone } from '../../time';
import { t } from '../../words';
import { Items } from './Items';
import css from './Import.module.css';

/** A calendar file of another program: chosen, looked at, and only then taken over. */
export function Component() {
  const client = useQueryClient();
  const [file, setFile] = useState<File>();
  const [zone, setZone] = useState(viewerZone);
  const [sent, setSent] = useState(0);
  const given = useRef<AbortController>(undefined);
  const send = useMutation({
    mutationFn: async ({ of, timezone, commit }: { of: File; timezone: string; commit: boolean }) => {
      const form = new FormData();
      form.append('commit', String(commit));
      form.append('timezone', timezone);
      form.append('file', of);
      setSent(0);
      given.current = new AbortController();
      return await upload<Imported>('/api/calendars/import/', form, { onProgress: setSent, signal: given.current.signal });
    },
    onSuccess: (result) => { if (result.committed) void client.invalidateQueries(); },
  });
  const look = (of: File, timezone = zone) => {
    setFile(of);
    send.mutate({ of, timezone, commit: false });
  };
  const again = () => {
    given.current?.abort();
    setFile(undefined);
    send.reset();
  };
  const result = send.data;
  const refused: unknown = send.error;
  const problem = refused instanceof ApiError ? refused : undefined;
  const said = problem ? [...problem.of('file'), ...problem.besides(['file', 'timezone'])] : [];
  return (
    <Page title={t('import.title')} width="s">
      {said.length > 0 && <Notice tone="bad" role="alert">{said.map((s) => <p key={s}>{s}</p>)}</Notice>}
      {send.isPending && file ? (
        <Card>
          <label className={css.progress}><span role="status">{t(sent < 1 ? 'import.sending' : 'import.reading', { name: file.name })}</span>{sent < 1 ? <progress value={sent} /> : <progress />}</label>
          <div><Button onClick={again}>{t('import.stop')}</Button></div>
        </Card>
      ) : result?.committed ? <Done result={result} again={again} />
        : result && file ? (
          <Preview result={result} name={file.name} zone={zone} errors={problem?.of('timezone') ?? []} onZone={(z) => { setZone(z); look(file, z); }}
            commit={() => send.mutate({ of: file, timezone: zone, commit: true })} again={again} />
        ) : <Choose onFile={look} />}
    </Page>
  );
}

function Choose({ onFile }: { onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) onFile(file);
  };
  return (
    <Card>
      {/* Files are dropped here by hand; the keyboard has the button. */}
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div className={css.drop} data-over={over || undefined} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={drop}>
        <FileUp size={28} aria-hidden />
        <p>{t('import.drop')}</p>
        <Button kind="main" onClick={() => input.current?.click()}>{t('import.choose')}</Button>
        <input ref={input} type="file" accept=".ics,text/calendar" hidden aria-label={t('import.choose')} onChange={(event) => {
          const file = event.target.files?.[0];
          // The same file can be chosen again.
          event.target.value = '';
          if (file) onFile(file);
        }} />
      </div>
      <p className="soft">{t('import.text')}</p>
    </Card>
  );
}

interface Seen {
  result: Imported;
  name: string;
  zone: string;
  errors: readonly string[];
  onZone: (zone: string) => void;
  commit: () => void;
  again: () => void;
}

function Preview({ result, name, zone, errors, onZone, commit, again }: Seen) {
  const changes = result.counts.create + result.counts.update;
  return (
    <>
      <Card title={t('import.preview', { name: result.name ?? name })}>
        <Mended notes={result.mended} />
        {changes === 0 && <Notice tone="accent" role="status">{t('import.nothing')}</Notice>}
        <ZonePicker label={t('import.zone')} hint={t('import.zone.hint')} value={zone} onChange={onZone} errors={errors} />
        <div className={css.actions}>
          {changes > 0 && <Button kind="main" onClick={commit}>{t('import.commit', { n: changes })}</Button>}
          <Button onClick={again}>{t('import.other')}</Button>
        </div>
      </Card>
      <Items result={result} />
    </>
  );
}

function Done({ result, again }: { result: Imported; again: () => void }) {
  const changes = result.counts.create + result.counts.update;
  const first = result.items.find((item) => item.start && (item.action === 'create' || item.action === 'update'))?.start;
  return (
    <>
      <Card>
        <div role="status"><Empty icon={<CircleCheck size={28} aria-hidden />} title={changes > 0 ? t('import.done', { n: changes }) : t('import.done.none')} /></div>
        <div className={css.actions}>
          <ButtonLink kind="main" to={`/dashboard/calendar${first ? `?date=${first.slice(0, 10)}` : ''}`}>{t('import.look')}</ButtonLink>
          <Button onClick={again}>{t('import.other')}</Button>
        </div>
      </Card>
      <Items result={result} />
    </>
  );
}

function Mended({ notes }: { notes: readonly string[] }) {
  if (notes.length === 0) return null;
  return (
    <Notice tone="warn" icon={<TriangleAlert size={18} aria-hidden />}>
      <details className={css.mended}><summary>{t('import.mended', { n: notes.length })}</summary><ul>{notes.map((note, n) => <li key={n}>{note}</li>)}</ul></details>
    </Notice>
  );
}
