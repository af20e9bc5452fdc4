import { useState, type SubmitEvent } from 'react';
import { useScopeQuestion, type Scope } from '../api/scope';
import { Button } from '../look/Button';
import { Dialog } from '../look/Dialog';
import { t } from '../words';
import css from './ScopeQuestion.module.css';

/** This one, this and the following, or all? Asked by askScope. */
export function ScopeQuestion() {
  const question = useScopeQuestion();
  return question && <Asking key={`${question.verb} ${question.title}`} question={question} />;
}

function Asking({ question: { verb, title, several, answer } }: { question: NonNullable<ReturnType<typeof useScopeQuestion>> }) {
  const scopes: readonly Scope[] = several ? ['following', 'all'] : ['this', 'following', 'all'];
  const [scope, setScope] = useState<Scope>(scopes[0] ?? 'this');
  const choose = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    answer(scope);
  };
  return (
    <Dialog title={title} onClose={() => answer(undefined)}>
      <form className={css.form} onSubmit={choose}>
        <fieldset className={css.scopes}>
          <legend>{t(`scope.${verb}`)}</legend>
          {scopes.map((s) => (
            <label key={s}><input type="radio" name="scope" value={s} checked={scope === s} onChange={() => setScope(s)} {...(s === scopes[0] ? { 'data-first': true } : {})} />{t(`scope.${s}`)}</label>
          ))}
        </fieldset>
        {several && <p className="soft small">{t('scope.rule')}</p>}
        <div className={css.actions}>
          <Button onClick={() => answer(undefined)}>{t('scope.back')}</Button>
          <Button kind="main" type="submit">{t('scope.do')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
