/** Where in the page one is, told by the part of the address behind `#`, so that links, reload and the back button work. */
export type Route =
  | { readonly page: 'claims'; readonly search: string; readonly status: string; readonly sort: string }
  | { readonly page: 'claim'; readonly id: string };

const claimPath = /^\/claims\/([0-9a-f-]{36})$/;

export const routeOf = (hash: string): Route => {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?', 2);
  const id = claimPath.exec(path)?.[1];
  if (id !== undefined) return { page: 'claim', id };
  const params = new URLSearchParams(query);
  const read = (name: string) => params.get(name) ?? '';
  return { page: 'claims', search: read('q'), status: read('status'), sort: read('sort') };
};

export const hashOf = (route: Route): string => {
  if (route.page === 'claim') return `#/claims/${route.id}`;
  const { search, status, sort } = route;
  const params = new URLSearchParams({
    ...(search && { q: search }),
    ...(status && { status }),
    ...(sort && { sort }),
  });
  return params.size > 0 ? `#/?${params}` : '#/';
};

export const claimsRoute: Route = { page: 'claims', search: '', status: '', sort: '' };
