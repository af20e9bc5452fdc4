import { useEffect, useRef } from 'react';

/**
 * Single keys, unless somebody types, holds a modifier, or has a dialog open. `mod+k` is Ctrl or Command with K and works everywhere.
 * A page's own keys come `first`: what it takes, the frame around it does not see.
 */
export function useShortcuts(shortcuts: Readonly<Record<string, () => void>>, first = false) {
  const current = useRef(shortcuts);
  useEffect(() => {
    current.current = shortcuts;
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const mod = event.ctrlKey || event.metaKey;
      const action = current.current[mod ? `mod+${event.key.toLowerCase()}` : event.key];
      if (!action || (!mod && (event.altKey || isTyping(event.target) || document.querySelector('dialog[open]')))) return;
      event.preventDefault();
      action();
    };
    addEventListener('keydown', pressed, first);
    return () => removeEventListener('keydown', pressed, first);
  }, [first]);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));
}
