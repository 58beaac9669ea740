import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'wouter';
import { getSettings } from '../../../contract/client/settings-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { keys } from '../../api/query-keys.ts';
import { unwrapView } from '../../api/unwrap.ts';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { joinClasses } from '../../parts/join-classes.ts';
import { Answer } from '../../parts/region.tsx';
import { PageSettings } from './page-settings.tsx';
import { SettingEntry } from './setting-entry.tsx';
import { Windows } from './windows.tsx';

const PARTS = [
  { path: '', label: 'Daemon' },
  { path: 'page', label: 'This page' },
  { path: 'windows', label: 'Who is let in' },
] as const;

/** What the daemon works with, how this page looks, and who is let in. */
export function Settings() {
  const { part = '' } = useParams();
  return (
    <>
      <h1>Settings</h1>
      <nav aria-label="Parts of the settings" className="border-b border-line">
        <ul className="flex flex-wrap gap-1">
          {PARTS.map(({ path, label }) => (
            <li key={path}>
              <Link
                href={path === '' ? '/settings' : `/settings/${path}`}
                aria-current={path === part ? 'page' : undefined}
                className={joinClasses(
                  'inline-flex min-h-8 items-center border-b-2 px-2.5 hover:bg-hover',
                  path === part
                    ? 'border-ink font-semibold'
                    : 'border-transparent text-ink-2 forced-colors:border-canvas',
                )}
              >
                {label}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className="max-w-[70rem] pt-2">
        <Part part={part} />
      </div>
    </>
  );
}

function Part({ part }: { readonly part: string }) {
  switch (part) {
    case '':
      return <DaemonSettings />;
    case 'page':
      return <PageSettings />;
    case 'windows':
      return <Windows />;
    default:
      return <EmptyNote>The address names no part of the settings. The tabs above are all there are.</EmptyNote>;
  }
}

function DaemonSettings() {
  const connection = useConnection();
  const settings = useQuery({ queryKey: keys.settings, queryFn: () => unwrapView(getSettings(connection)) });
  return (
    <Answer asked={settings} what="the settings">
      {({ file, settings: list }) => (
        <>
          <p className="py-1 text-ink-2">
            {file === null
              ? 'This daemon was started without a configuration file, so nothing can be changed here. Start it with --config and the name of a file.'
              : `Changes are written into ${file} and count from the next start.`}
          </p>
          <ul aria-label="Settings of the daemon">
            {list.map((setting) => (
              <SettingEntry key={setting.key} setting={setting} isChangeable={file !== null && setting.isFileKey} />
            ))}
          </ul>
        </>
      )}
    </Answer>
  );
}
