import { type ReactNode, useEffect, useRef } from 'react';
import { Link, useLocation } from 'wouter';
import { joinClasses } from '../parts/join-classes.ts';
import { formatCount } from '../words/format-number.ts';
import { repositoryName } from '../words/repository-name.ts';
import { Announcer } from './announcer.tsx';
import { LayerHost } from './layer-host.tsx';
import { NAVIGATION, type NavigatedScreen } from './navigation.ts';
import { StatusBar } from './status-bar.tsx';
import { TopBar } from './top-bar.tsx';
import { UpdateBar } from './update-bar.tsx';
import { useGateNews } from './use-gate-news.ts';
import { useKeys } from './use-keys.ts';
import { usePageActions } from './use-page-actions.ts';
import { useInstanceFacts, useNeedsCount } from './use-summary.ts';
import { useTitle } from './use-title.ts';

/** What stands around every screen: which instance, how live, what waits; where else one can go. */
export function Frame({ children }: { readonly children: ReactNode }) {
  const facts = useInstanceFacts().data;
  const needs = useNeedsCount();
  const name = repositoryName(facts?.repoRoot ?? '');
  const page = usePageActions();
  useKeys(page);
  useTitle(name, needs.all);
  useGateNews();
  return (
    <div className="grid h-full grid-cols-[48px_minmax(0,1fr)] grid-rows-[auto_auto_minmax(0,1fr)] wide:grid-cols-[168px_minmax(0,1fr)] widest:grid-cols-[200px_minmax(0,1fr)]">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:absolute focus:top-1 focus:left-1 focus:z-50 focus:rounded-md focus:border focus:border-edge focus:bg-panel focus:px-3 focus:py-1.5"
      >
        Skip to the screen
      </a>
      <TopBar name={name} facts={facts} needs={needs} />
      <div className="col-span-2">
        <StatusBar name={name} />
        <UpdateBar facts={facts} />
      </div>
      <nav aria-label="Screens" className="overflow-y-auto border-r border-line bg-panel py-2">
        <ul>
          {NAVIGATION.map((screen) => (
            <NavigationEntry key={screen.path} screen={screen} count={screen.path === '/inbox' ? needs.gates : 0} />
          ))}
        </ul>
      </nav>
      <Screen>{children}</Screen>
      <Announcer />
      <LayerHost page={page} />
    </div>
  );
}

function NavigationEntry({ screen, count }: { readonly screen: NavigatedScreen; readonly count: number }) {
  const [location] = useLocation();
  const isHere = screen.path === '/' ? location === '/' : location.startsWith(screen.path);
  const { icon: Icon, label } = screen;
  return (
    <li>
      <Link
        href={screen.path}
        aria-current={isHere ? 'page' : undefined}
        title={label}
        className={joinClasses(
          'relative mx-1 flex min-h-8 items-center gap-2 rounded-md px-2.5 text-ink hover:bg-hover',
          isHere && 'bg-selected font-semibold',
        )}
      >
        <Icon aria-hidden size={16} strokeWidth={1.62} className="shrink-0" />
        <span className="sr-only wide:not-sr-only">{label}</span>
        {count === 0 ? null : (
          <span className="absolute top-0 right-0.5 text-meta text-you wide:static wide:ml-auto wide:text-body">
            {formatCount(count)}
          </span>
        )}
      </Link>
    </li>
  );
}

/** Takes the focus when another screen is shown, so that reading goes on there. */
function Screen({ children }: { readonly children: ReactNode }) {
  const [location] = useLocation();
  const screen = location.split('/', 2)[1] ?? '';
  const main = useRef<HTMLElement>(null);
  const shown = useRef(screen);
  useEffect(() => {
    if (shown.current === screen) return;
    shown.current = screen;
    main.current?.focus({ preventScroll: true });
  }, [screen]);
  return (
    <main id="main" ref={main} tabIndex={-1} className="overflow-auto px-4 py-3 outline-none">
      {children}
    </main>
  );
}
