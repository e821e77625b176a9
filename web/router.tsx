/** The addresses of the pages. What is shown is in the address: listener, panel, filters. */

import { useQuery } from '@tanstack/react-query';
import {
  createRootRoute,
  createRoute,
  createRouter,
  Link,
  lazyRouteComponent,
  Navigate,
  retainSearchParams,
  stripSearchParams,
  useParams,
} from '@tanstack/react-router';
import { buttonClass } from './components/button.tsx';
import { PageHead } from './components/page-head.tsx';
import { ProblemView } from './components/problem-view.tsx';
import { Shell } from './components/shell/shell.tsx';
import { HomePage } from './listen/home/page.tsx';
import { ItemPage } from './listen/item/page.tsx';
import { useListener } from './listen/listener.ts';
import { RadioPage } from './listen/radio/page.tsx';
import { StartPage } from './listen/start/page.tsx';
import { WeeklyPage } from './listen/weekly/page.tsx';
import { statusQuery } from './queries.ts';

type Search = Readonly<Record<string, unknown>>;
const word = (search: Search, name: string): string | undefined =>
  typeof search[name] === 'string' && search[name] !== '' ? search[name] : undefined;
/** From 0. */
const whole = (search: Search, name: string): number | undefined => {
  const value = search[name];
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
};

const NotFound = () => (
  <>
    <PageHead title="There is no such page" lede="The address may be old or mistyped." />
    <Link className={buttonClass('main')} to="/">
      Go home
    </Link>
  </>
);

const root = createRootRoute({
  component: Shell,
  notFoundComponent: NotFound,
  errorComponent: ({ error, reset }) => <ProblemView error={error} retry={reset} />,
  validateSearch: (search: Search): { user?: string | undefined; why?: string | undefined } => ({
    user: word(search, 'user'),
    why: word(search, 'why'),
  }),
  search: { middlewares: [retainSearchParams(['user']), stripSearchParams({ user: undefined, why: undefined })] },
});

const Home = () => {
  const userId = useListener();
  const status = useQuery(statusQuery);
  if (userId !== null) return <HomePage userId={userId} />;
  return status.data ? <Navigate to="/start" replace /> : null;
};
const Weekly = () => <WeeklyPage userId={useListener() ?? 'me'} />;
const Radio = () => <RadioPage userId={useListener() ?? 'me'} />;
const Item = () => {
  const { itemId } = useParams({ from: '/item/$itemId' });
  return <ItemPage key={itemId} itemId={itemId} userId={useListener() ?? 'me'} />;
};

const tree = root.addChildren([
  createRoute({ getParentRoute: () => root, path: '/', component: Home }),
  createRoute({ getParentRoute: () => root, path: '/weekly', component: Weekly }),
  createRoute({ getParentRoute: () => root, path: '/radio', component: Radio }),
  createRoute({ getParentRoute: () => root, path: '/item/$itemId', component: Item }),
  createRoute({
    getParentRoute: () => root,
    path: '/taste',
    component: lazyRouteComponent(() => import('./listen/taste/route.tsx'), 'TasteRoute'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/start',
    component: StartPage,
    validateSearch: (search: Search): { job?: string | undefined } => ({ job: word(search, 'job') }),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/studio',
    component: lazyRouteComponent(() => import('./studio/overview/page.tsx'), 'OverviewPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/studio/compass',
    component: lazyRouteComponent(() => import('./studio/compass/page.tsx'), 'CompassPage'),
    validateSearch: (search: Search): { outcome?: string | undefined; quick?: string | undefined } => ({
      outcome: word(search, 'outcome'),
      quick: word(search, 'quick'),
    }),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/studio/slates',
    component: lazyRouteComponent(() => import('./studio/decisions/page.tsx'), 'DecisionsPage'),
    validateSearch: (
      search: Search,
    ): { of?: string | undefined; surface?: string | undefined; before?: string | undefined } => ({
      of: word(search, 'of'),
      surface: word(search, 'surface'),
      before: word(search, 'before'),
    }),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/studio/metrics',
    component: lazyRouteComponent(() => import('./studio/metrics/page.tsx'), 'MetricsPage'),
    validateSearch: (
      search: Search,
    ): Readonly<Partial<Record<'metric' | 'by' | 'from' | 'to' | 'count' | 'against', string | undefined>>> => ({
      metric: word(search, 'metric'),
      // Empty is a choice of its own: everybody together.
      by: typeof search['by'] === 'string' ? search['by'] : undefined,
      from: word(search, 'from'),
      to: word(search, 'to'),
      count: word(search, 'count'),
      against: word(search, 'against'),
    }),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/studio/policies',
    component: lazyRouteComponent(() => import('./studio/policies/page.tsx'), 'PoliciesPage'),
    validateSearch: (
      search: Search,
    ): Readonly<Partial<Record<'surface' | 'policy' | 'reward' | 'document', string | undefined>>> => ({
      surface: word(search, 'surface'),
      policy: word(search, 'policy'),
      reward: word(search, 'reward'),
      document: word(search, 'document'),
    }),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/studio/experiments',
    component: lazyRouteComponent(() => import('./studio/experiments/page.tsx'), 'ExperimentsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/studio/experiments/$name',
    component: lazyRouteComponent(() => import('./studio/experiments/experiment-page.tsx'), 'ExperimentPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/studio/evaluation',
    component: lazyRouteComponent(() => import('./studio/evaluation/page.tsx'), 'EvaluationPage'),
    validateSearch: (search: Search): { collection?: string | undefined } => ({
      collection: word(search, 'collection'),
    }),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/studio/lab',
    component: lazyRouteComponent(() => import('./studio/lab/page.tsx'), 'LabPage'),
    validateSearch: (search: Search): { listener?: number | undefined; week?: number | undefined } => ({
      listener: whole(search, 'listener'),
      week: whole(search, 'week'),
    }),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/studio/slates/$slateId',
    component: lazyRouteComponent(() => import('./studio/decisions/slate-page.tsx'), 'SlatePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/studio/success',
    component: lazyRouteComponent(() => import('./studio/success/page.tsx'), 'SuccessPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/studio/success/$name',
    component: lazyRouteComponent(() => import('./studio/success/definition-page.tsx'), 'SuccessDefinitionPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/studio/success/$name/edit',
    component: lazyRouteComponent(() => import('./studio/success/editor-page.tsx'), 'SuccessEditorPage'),
  }),
]);

export const router = createRouter({ routeTree: tree, scrollRestoration: true, defaultPreload: false });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
