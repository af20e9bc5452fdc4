import { useEffect } from 'react';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from 'react-router';
import { signedOut } from './api/client';
import { ApiError } from './api/problems';
import { Queries } from './api/queries';
import { me } from './api/session';
import { Toasts } from './look/Toasts';
import { router } from './routes';
import { useLanguage } from './words';

const queries = new Queries({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // A "no" stays a "no"; what didn't answer may do so next time.
      retry: (failures, error) => failures < 2 && !(error instanceof ApiError && error.status >= 400 && error.status < 500),
    },
  },
});

// Who is signed in decides what is shown: asked for while the page's files are still on their way.
queries.query(me).catch(() => undefined);

export function App() {
  const language = useLanguage();
  useEffect(() => {
    const out = () => queries.setQueryData(me.queryKey, null);
    signedOut.addEventListener('out', out);
    return () => signedOut.removeEventListener('out', out);
  }, []);
  return (
    <QueryClientProvider client={queries}>
      {/* Texts are looked up while drawing: another language draws everything anew. */}
      <RouterProvider key={language} router={router} />
      <Toasts key={`${language} toasts`} />
    </QueryClientProvider>
  );
}
