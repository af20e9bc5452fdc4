import { useState } from 'react';
import { MailWarning } from 'lucide-react';
import { api } from '../../api/client';
import { useMe } from '../../api/session';
import { Button, ButtonLink } from '../../look/Button';
import { FormErrors, Select, TextField } from '../../look/Field';
import { Card, Notice, Page } from '../../look/Page';
import { chooseTheme, useTheme, type Theme } from '../../look/theme';
import { TimeBox } from '../../look/TimeBox';
import { useSubmit } from '../../look/useSubmit';
import { ZonePicker } from '../../look/ZonePicker';
import { browserZone, date, modernName, placeOf, sameZone, T } from '../../time';
import { chooseLanguage, languages, t, useLanguage, type Language } from '../../words';
import { MailChoices } from './MailChoices';
import { Privacy } from './Privacy';
import css from './Settings.module.css';
import { useChangeMe } from './useChangeMe';

export function Component() {
  return (
    <Page title={t('nav.settings')} width="s">
      <Profile />
      <Hours />
      <MailChoices />
      <Card title={t('calendars.title')} actions={<ButtonLink size="s" to="calendars">{t('calendars.manage')}</ButtonLink>}><p className="soft">{t('calendars.about')}</p></Card>
      <Look />
      <Card title={t('security.title')} actions={<ButtonLink size="s" to="security">{t('security.manage')}</ButtonLink>}><p className="soft">{t('security.about')}</p></Card>
      <Card title={t('ways.title')} actions={<ButtonLink size="s" to="ways-in">{t('ways.manage')}</ButtonLink>}><p className="soft">{t('ways.about')}</p></Card>
      <Privacy />
    </Page>
  );
}

function Profile() {
  const account = useMe();
  const change = useChangeMe();
  const submit = useSubmit(({ first_name, last_name, username }) => change({ first_name, last_name, username: username === '' ? null : username }));
  return (
    <Card title={t('settings.profile')}>
      <form className={css.form} {...submit.form}>
        <FormErrors errors={submit.besides('first_name', 'last_name', 'username')} />
        <div className={css.pair}>
          <TextField label={t('register.first')} name="first_name" autoComplete="given-name" defaultValue={account.first_name} errors={submit.of('first_name')} />
          <TextField label={t('register.last')} name="last_name" autoComplete="family-name" defaultValue={account.last_name} errors={submit.of('last_name')} />
          <TextField label={t('settings.username')} name="username" autoComplete="username" autoCapitalize="none" spellCheck={false} hint={t('settings.username.hint')} defaultValue={account.username ?? ''} errors={submit.of('username')} />
          <TextField label={t('register.email')} type="email" value={account.email} readOnly hint={account.email_verified ? t('settings.verified') : undefined} />
        </div>
        {!account.email_verified && <Unverified />}
        <div><Button kind="main" type="submit" busy={submit.busy}>{t('settings.save')}</Button></div>
      </form>
    </Card>
  );
}

function Unverified() {
  const [said, setSaid] = useState<string>();
  const [busy, setBusy] = useState(false);
  async function resend() {
    setBusy(true);
    const answer = await api('post', '/api/auth/verify-email/resend/', {}).catch((error: unknown) => ({ detail: error instanceof Error ? error.message : String(error) }));
    setSaid(answer.detail);
    setBusy(false);
  }
  return (
    <Notice tone="warn" icon={<MailWarning size={18} aria-hidden />} role="status">
      {said ?? <>{t('settings.unverified')} <button type="button" className={css.inline} disabled={busy} onClick={() => void resend()}>{t('settings.resend')}</button></>}
    </Notice>
  );
}

// Monday, in a week that has all the days.
const monday = T.PlainDate.from('2030-03-04');

function Hours() {
  const account = useMe();
  const change = useChangeMe();
  const [zone, setZone] = useState(account.timezone);
  const [start, setStart] = useState(() => T.PlainTime.from(account.working_hours_start));
  const [end, setEnd] = useState(() => T.PlainTime.from(account.working_hours_end));
  const [days, setDays] = useState<readonly number[]>(account.working_days);
  const submit = useSubmit(() => {
    // Only what was changed: elaborate weekly hours are summed up here, and must not be replaced by their sum.
    const hours = [start.toString(), end.toString(), ...days].join() === [account.working_hours_start, account.working_hours_end, ...account.working_days].join()
      ? {} : { working_hours_start: start.toString(), working_hours_end: end.toString(), working_days: [...days] };
    return change({ timezone: zone, ...hours });
  });
  const here = modernName(browserZone());
  return (
    <Card title={t('settings.hours')}>
      <form className={css.form} {...submit.form}>
        <FormErrors errors={submit.besides('timezone', 'working_hours_start', 'working_hours_end', 'working_days')} />
        <ZonePicker label={t('settings.zone')} value={zone} onChange={setZone} errors={submit.of('timezone') ?? []} hint={t('settings.zone.hint')} />
        {!sameZone(zone, here) && <p className="soft small">{t('settings.zone.elsewhere', { zone: placeOf(here) })} <button type="button" className={css.inline} onClick={() => setZone(here)}>{t('settings.zone.take')}</button></p>}
        <div className={css.pair}>
          <TimeBox label={t('settings.from')} value={start} onChange={setStart} errors={submit.of('working_hours_start') ?? []} />
          <TimeBox label={t('settings.to')} value={end} onChange={setEnd} errors={submit.of('working_hours_end') ?? []} />
        </div>
        <fieldset>
          <legend className={css.legend}>{t('settings.days')}</legend>
          <div className={css.days}>
            {Array.from({ length: 7 }, (_, n) => (
              <label key={n}><input type="checkbox" checked={days.includes(n)} onChange={(event) => setDays(event.target.checked ? [...days, n].sort() : days.filter((d) => d !== n))} /><span aria-hidden>{date(monday.add({ days: n }), { weekday: 'short' })}</span><span className="unseen">{date(monday.add({ days: n }), { weekday: 'long' })}</span></label>
            ))}
          </div>
        </fieldset>
        <div><Button kind="main" type="submit" busy={submit.busy}>{t('settings.save')}</Button></div>
      </form>
    </Card>
  );
}

function Look() {
  const theme = useTheme();
  const language = useLanguage();
  return (
    <Card title={t('settings.look')}>
      <div className={css.pair}>
        <Select label={t('settings.theme')} value={theme} onChange={(event) => chooseTheme(event.target.value as Theme)}>
          {(['system', 'light', 'dark'] as const).map((choice) => <option key={choice} value={choice}>{t(`settings.theme.${choice}`)}</option>)}
        </Select>
        <Select label={t('settings.language')} value={language} onChange={(event) => void chooseLanguage(event.target.value as Language)}>
          {Object.entries(languages).map(([code, name]) => <option key={code} value={code} lang={code}>{name}</option>)}
        </Select>
      </div>
      <p className="soft small">{t('settings.look.hint')}</p>
    </Card>
  );
}
