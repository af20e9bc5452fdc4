import { useRef } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { FileText, Paperclip, Trash2 } from 'lucide-react';
import { api } from '../../api/client';
import { mayEdit, meetings, type Meeting } from '../../api/meetings';
import { ApiError } from '../../api/problems';
import { later, useWaiting } from '../../api/soon';
import { Button, IconButton } from '../../look/Button';
import { Card, Notice, Skeleton } from '../../look/Page';
import { say } from '../../look/Toasts';
import { moment, useZone } from '../../time';
import { locale, t } from '../../words';
import css from './Documents.module.css';

/** What is attached: for whoever is in the meeting; added and taken off by host and cohosts. */
export function Documents({ meeting }: { meeting: Meeting }) {
  const zone = useZone();
  const client = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const { id } = meeting;
  const { data: stored, error } = useQuery(meetings.attachments(id));
  const waits = useWaiting();
  const data = stored?.filter((file) => !waits.has(`document ${file.id}`));
  const edit = mayEdit(meeting);
  const add = useMutation({
    mutationFn: (files: readonly File[]) => {
      const form = new FormData();
      for (const file of files) form.append('file', file);
      return api('post', '/api/meetings/{id}/attachments/', { path: { id }, form });
    },
    onSuccess: (_, files) => say(t('files.added', { n: files.length })),
    onSettled: () => client.invalidateQueries({ queryKey: meetings.attachments(id).queryKey }),
  });
  const remove = ({ id: aid, name }: { id: number; name: string }) => later({
    id: `document ${aid}`, title: name, said: t('soon.delete', { title: name }),
    send: (keepalive) => api('delete', '/api/meetings/{id}/attachments/{aid}/', { path: { id, aid }, keepalive }),
  }, client);
  if (!edit && data?.length === 0) return null;
  return (
    <Card title={t('files.title')} actions={edit && <Button size="s" className="no-print" icon={<Paperclip size={14} aria-hidden />} busy={add.isPending} onClick={() => input.current?.click()}>{t('files.add')}</Button>}>
      <input ref={input} type="file" multiple hidden aria-label={t('files.add')} onChange={(event) => {
        const files = [...event.target.files ?? []];
        // The same file can be chosen again.
        event.target.value = '';
        if (files.length > 0) add.mutate(files);
      }} />
      {add.error && <Notice tone="bad" role="alert">{add.error instanceof ApiError && add.error.of('file').length > 0 ? add.error.of('file').join(' ') : add.error.message}</Notice>}
      {error ? <Notice tone="bad">{error.message}</Notice> : !data ? <Skeleton lines={2} label={t('files.loading')} /> : data.length === 0 ? <p className="soft">{t('files.none')}</p> : (
        <ul className={css.files}>
          {data.map((file) => (
            <li key={file.id}>
              <FileText size={18} aria-hidden />
              <div className={css.file}>
                <a href={`/api/meetings/${id}/attachments/${file.id}/`} download={file.name} className="wrap">{file.name}</a>
                <span className="soft small">{size(file.size)} · {t('files.by', { who: file.uploaded_by.name || file.uploaded_by.email })} · {moment(file.created_at, zone)}</span>
              </div>
              {edit && <IconButton className="no-print" label={t('files.remove', { name: file.name })} onClick={() => remove(file)}><Trash2 size={16} aria-hidden /></IconButton>}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function size(bytes: number): string {
  const mega = bytes >= 1_000_000;
  return new Intl.NumberFormat(locale(), { style: 'unit', unit: mega ? 'megabyte' : 'kilobyte', maximumFractionDigits: mega ? 1 : 0 }).format(Math.max(mega ? 0 : 1, bytes / (mega ? 1_000_000 : 1000)));
}
