import { Dialog } from '../look/Dialog';
import { t, type Key } from '../words';
import css from './Help.module.css';

const keys: readonly [string, Key][] = [
  ['Ctrl K', 'help.palette'], ['/', 'help.palette'], ['c', 'help.create'], ['t', 'help.today'], ['m', 'help.meetings'], ['1 – 4', 'calendar.views.key'], ['?', 'help.this'], ['Esc', 'help.close'],
];

export default function Help({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={t('help.title')} onClose={onClose}>
      <dl className={css.keys}>
        {keys.map(([key, name]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{t(name)}</dd></div>)}
      </dl>
      <p className="soft">{t('help.api')} <a href="/api/docs/">Swagger UI</a> · <a href="/api/redoc/">ReDoc</a></p>
    </Dialog>
  );
}
