import { useSearchParams, type NavigateOptions } from 'react-router';

type Change<S> = Partial<S> | ((from: S) => Partial<S>);

/** What a page shows stands in its address: it can be sent, bookmarked and gone back to. */
export function useAddress<S>(read: (query: URLSearchParams) => S, write: (state: S) => Record<string, string>): [S, (change: Change<S>, options?: NavigateOptions) => void] {
  const [query, setQuery] = useSearchParams();
  const show = (change: Change<S>, options?: NavigateOptions) => {
    // Changes come faster than pages are drawn: the address knows where one is, not yet the page.
    const from = read(new URLSearchParams(window.location.search));
    setQuery(write({ ...from, ...(typeof change === 'function' ? change(from) : change) }), options);
  };
  return [read(query), show];
}
