import { useQuery } from '@tanstack/react-query';
import { identities } from '../../api/waysIn';
import { TextField } from '../../look/Field';
import { t } from '../../words';

interface Props {
  name?: 'password' | 'old_password';
  label?: string;
  /** A login of just now is not enough. */
  needed?: boolean;
  first?: boolean;
  errors?: readonly string[] | undefined;
}

/** The password, again. Who signs in with a provider may have none, and is told what to do then. */
export function YourPassword({ name = 'password', label = t('factor.password'), needed = false, first = false, errors }: Props) {
  const { data } = useQuery(identities);
  const mayHaveNone = data !== undefined && data.length > 0;
  return (
    <TextField data-first={first || undefined} label={label} name={name} type="password" autoComplete="current-password" required={needed}
      hint={mayHaveNone ? t(needed ? 'ways.noPassword.needed' : 'ways.noPassword') : undefined} errors={errors} />
  );
}
