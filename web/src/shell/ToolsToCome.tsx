import { nameOf, useMe } from '../api/session';
import { Avatar } from '../look/Avatar';
import popup from '../look/Popup.module.css';
import { ZoneName } from './ZoneName';

/** Looks like Tools, and does nothing yet. */
export function ToolsToCome() {
  const account = useMe();
  return <><span className={popup.trigger}><ZoneName /></span><span className={popup.round}><Avatar name={nameOf(account)} email={account.email} /></span></>;
}
