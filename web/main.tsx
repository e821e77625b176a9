import './theme/tokens.css';
import './theme/base.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { shouldRetry } from './queries.ts';
import { router } from './router.tsx';
import { applyTheme, readTheme } from './theme/theme.ts';

applyTheme(readTheme());

const client = new QueryClient({
  defaultOptions: {
    queries: {
      retry: shouldRetry,
      retryDelay: (failures) => 300 * 2 ** failures,
      staleTime: 10_000,
      refetchOnWindowFocus: false,
    },
  },
});

const place = document.getElementById('root');
if (place === null) throw new Error('index.html has no place for the pages');
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
