import './styles/main.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { Toaster } from 'sonner';
import { viewOf } from '../contract/client/document.ts';
import { exchangeLink } from '../contract/client/link-routes.ts';
import { getOverview } from '../contract/client/overview-routes.ts';
import { browserConnection } from './api/browser-connection.ts';
import { InstanceContext } from './api/instance-context.ts';
import { keys } from './api/query-keys.ts';
import { isLockedOut } from './api/request-error.ts';
import { App } from './app/app.tsx';
import { applyTheme } from './app/apply-theme.ts';
import { DoorPage } from './door/door-page.tsx';
import { enter } from './door/enter.ts';
import { apiBaseOf, instancePathOf } from './door/instance-path.ts';
import { type Session, sessionKeeper } from './door/session.ts';
import { answerOtherWindows, askOtherWindows } from './door/session-channel.ts';
import { takeLinkCode } from './door/take-link.ts';
import { createLiveRecords } from './live/live-records.ts';
import { useNews } from './live/news.ts';
import { startLive } from './live/start-live.ts';

applyTheme(document.documentElement);

const instancePath = instancePathOf(location.pathname);
const apiBase = apiBaseOf(location);
const keeper = sessionKeeper(sessionStorage, instancePath);
const root = createRoot(rootElement());

const entry = await enter({
  code: takeLinkCode(location, history),
  keeper,
  exchange: (code) => viewOf(exchangeLink(browserConnection(apiBase, null), code)),
  askOtherWindows: () => askOtherWindows(instancePath),
});
if (entry.kind === 'in') await show(root, entry.session);
else root.render(<DoorPage failure={entry.kind === 'link-refused' ? entry.failure : null} />);

/** From here on the page lives as long as its window. */
async function show(into: Root, session: Session): Promise<void> {
  answerOtherWindows(instancePath, keeper.read);
  const connection = browserConnection(apiBase, session.token);
  const live = createLiveRecords();
  const queries = new QueryClient({
    defaultOptions: {
      queries: {
        // Events say what is out of date.
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        retry: (failures, error) => !isLockedOut(error) && failures < 2,
      },
    },
  });
  // Asked before everything else: what is read later knows all events up to this one.
  const overview = await viewOf(getOverview(connection));
  if (overview.ok) queries.setQueryData(keys.overview, overview.value);
  startLive({
    instancePath,
    connection,
    queries,
    live,
    knownSeq: overview.ok ? overview.value.cursor : null,
    onBatch: useNews.getState().note,
  });
  into.render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <InstanceContext value={{ path: instancePath, connection, live }}>
          <App instancePath={instancePath} />
          <Toaster position="bottom-right" />
        </InstanceContext>
      </QueryClientProvider>
    </StrictMode>,
  );
}

function rootElement(): HTMLElement {
  const element = document.getElementById('root');
  if (element === null) throw new Error('index.html has no #root');
  return element;
}
