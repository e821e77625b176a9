/** Changes of the address that keep the page: each takes the search of the page as it is. */

export interface PageSearch {
  readonly user?: string | undefined;
  readonly why?: string | undefined;
  readonly of?: string | undefined;
  readonly surface?: string | undefined;
  readonly before?: string | undefined;
  readonly job?: string | undefined;
}

type Change = (search: PageSearch) => PageSearch;

export const askingWhy =
  (slateId: string, itemId: string): Change =>
  (search) => ({ ...search, why: `${slateId}~${itemId}` });

/** Slate and item of what is asked for; null when nothing is. */
export const askedWhy = (why: string | undefined): { readonly slateId: string; readonly itemId: string } | null => {
  const cut = why?.indexOf('~') ?? -1;
  return why === undefined || cut < 0 ? null : { slateId: why.slice(0, cut), itemId: why.slice(cut + 1) };
};

export const notAsking: Change = (search) => ({ ...search, why: undefined });

export const as =
  (user: string): Change =>
  (search) => ({ ...search, user, why: undefined });

export const before =
  (time: string | undefined): Change =>
  (search) => ({ ...search, before: time });

export const onlyOf =
  (of: string | undefined, surface: string | undefined): Change =>
  ({ user }) => ({ user, of, surface });
