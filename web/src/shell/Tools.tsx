import { AccountMenu } from './AccountMenu';
import { ZoneSwitcher } from './ZoneSwitcher';

/** What opens in the top bar. Its widgets are large, so they come after the page; until then ToolsToCome stands in their place. */
export default function Tools({ onHelp }: { onHelp: () => void }) {
  return <><ZoneSwitcher /><AccountMenu onHelp={onHelp} /></>;
}
