import { useState } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button as Pressable, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { BellRing, Ellipsis, Plus } from 'lucide-react';
import { api } from '../../api/client';
import { mayEdit, type Meeting, type Participant } from '../../api/meetings';
import { ApiError } from '../../api/problems';
import { askScope, type Scope } from '../../api/scope';
import { Avatar } from '../../look/Avatar';
import { Button } from '../../look/Button';
import { TextField } from '../../look/Field';
import { Badge, Card } from '../../look/Page';
import popup from '../../look/Popup.module.css';
import { say } from '../../look/Toasts';
import { useZone } from '../../time';
import { t, word } from '../../words';
import { readAddresses, type Invitee } from './form/addresses';
import { leftOut } from './repeat/words';
import css from './Participants.module.css';

const tones: Readonly<Record<string, 'good' | 'bad' | 'warn'>> = { accepted: 'good', declined: 'bad', tentative: 'warn' };

/** Who is invited, and what they say. */
export function Participants({ meeting }: { meeting: Meeting }) {
  const client = useQueryClient();
  const edit = mayEdit(meeting) && meeting.status === 'scheduled';
  const changed = { onError: (error: Error) => say(error.message, { bad: true }), onSettled: () => client.invalidateQueries() };
  const path = (p: Participant) => ({ id: meeting.id, pid: p.id });
  const remove = useMutation({ mutationFn: (p: Participant) => api('delete', '/api/meetings/{id}/participants/{pid}/', { path: path(p) }), ...changed });
  const role = useMutation({ mutationFn: ({ of, role }: { of: Participant; role: 'attendee' | 'cohost' }) => api('patch', '/api/meetings/{id}/participants/{pid}/', { path: path(of), body: { role } }), ...changed });
  const notify = useMutation({
    mutationFn: (type: 'reminder' | 'invitation') => api('post', '/api/meetings/{id}/notify/', { path: { id: meeting.id }, body: { type } }),
    onSuccess: ({ results }) => say(t('people.told', { n: Object.values(results).filter(Boolean).length })), ...changed,
  });
  return (
    <Card title={t('people.title', { n: meeting.participants.length })} className={css.people} actions={edit && meeting.participants.length > 0 && (
      <MenuTrigger>
        <Pressable className={`${popup.trigger ?? ''} no-print`} aria-label={t('people.remind')}><BellRing size={16} aria-hidden /></Pressable>
        <Popover className={popup.popover ?? ''} placement="bottom end">
          <Menu className={popup.menu ?? ''} onAction={(key) => notify.mutate(key as 'reminder' | 'invitation')}>
            <MenuItem id="reminder" className={popup.item ?? ''}>{t('people.remind.reminder')}</MenuItem>
            <MenuItem id="invitation" className={popup.item ?? ''}>{t('people.remind.invitation')}</MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
    )}>
      {meeting.participants.length === 0 && <p className="soft">{t('people.none')}</p>}
      <ul className={css.list}>
        {meeting.participants.map((p) => (
          <li key={p.id} className={css.person}>
            <Avatar name={p.name} email={p.email} />
            <div className={css.who}><span className="clip">{p.name || p.email}</span>{p.name && <span className="soft small clip">{p.email}</span>}</div>
            <span className={css.badges}>
              {p.role === 'cohost' && <Badge>{t('people.cohost')}</Badge>}
              <Badge tone={tones[p.status] ?? 'plain'}>{word('answer', p.status)}</Badge>
            </span>
            {edit && (
              <MenuTrigger>
                <Pressable className={`${popup.round ?? ''} no-print`} aria-label={t('people.more', { who: p.name || p.email })}><Ellipsis size={16} aria-hidden /></Pressable>
                <Popover className={popup.popover ?? ''} placement="bottom end">
                  <Menu className={popup.menu ?? ''}>
                    {meeting.role === 'host' ? <MenuItem className={popup.item ?? ''} onAction={() => role.mutate({ of: p, role: p.role === 'cohost' ? 'attendee' : 'cohost' })}>{t(p.role === 'cohost' ? 'people.attendee.do' : 'people.cohost.do')}</MenuItem> : null}
                    <MenuItem className={popup.item ?? ''} onAction={() => remove.mutate(p)}>{t('people.remove')}</MenuItem>
                  </Menu>
                </Popover>
              </MenuTrigger>
            )}
          </li>
        ))}
      </ul>
      {edit && <Add meeting={meeting} />}
    </Card>
  );
}

function Add({ meeting }: { meeting: Meeting }) {
  const client = useQueryClient();
  const [text, setText] = useState('');
  const [errors, setErrors] = useState<readonly string[]>([]);
  const zone = useZone();
  const add = useMutation({
    mutationFn: async (typed: string) => {
      const { people, rest } = readAddresses(typed);
      if (people.length === 0) return { refused: [t('people.noAddress')], wrong: rest };
      const scope = await askScope('invite', meeting);
      if (!scope) return { refused: [], wrong: typed };
      const { refused, wrong } = scope === 'this' ? await inviteToOne(meeting, people) : await inviteToMany(meeting, people, scope, zone);
      return { refused, wrong: [...rest ? [rest] : [], ...wrong].join(', ') };
    },
    onError: (error) => setErrors([error.message]),
    onSuccess: ({ refused, wrong }) => {
      setErrors(refused);
      setText(wrong);
    },
    onSettled: () => client.invalidateQueries(),
  });
  return (
    <form className={`${css.add} no-print`} noValidate onSubmit={(event) => { event.preventDefault(); if (text.trim()) add.mutate(text); }}>
      <TextField label={t('people.add')} value={text} onChange={(event) => setText(event.target.value)} placeholder="ana@example.com" inputMode="email" autoComplete="off" errors={errors} />
      <Button type="submit" busy={add.isPending} icon={<Plus size={16} aria-hidden />}>{t('people.add.do')}</Button>
    </form>
  );
}

/** One after the other, so that whoever is busy is named and the others are invited all the same. */
async function inviteToOne(meeting: Meeting, people: readonly Invitee[]) {
  const refused: string[] = [], wrong: string[] = [];
  for (const body of people) {
    await api('post', '/api/meetings/{id}/participants/', { path: { id: meeting.id }, body }).catch((error: unknown) => {
      if (!(error instanceof ApiError)) throw error;
      refused.push(...(error.of('conflict').length > 0 ? error.of('conflict') : error.of('email').length > 0 ? error.of('email') : [error.detail]));
      wrong.push(body.email);
    });
  }
  return { refused, wrong };
}

/** To many dates of a series at once: whoever is busy is left out of the dates that clash, and it is told which these are. */
async function inviteToMany(meeting: Meeting, people: readonly Invitee[], scope: Scope, zone: string) {
  const participants = [...meeting.participants.map(({ email }) => ({ email })), ...people];
  const { skipped_participants } = await api('patch', '/api/meetings/{id}/', {
    path: { id: meeting.id }, headers: { 'If-Match': `"${meeting.version}"` }, body: { scope, participants },
  });
  return { refused: (skipped_participants ?? []).map((left) => leftOut(left, zone)), wrong: [] };
}
