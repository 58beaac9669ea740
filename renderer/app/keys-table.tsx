import type { ReactNode } from 'react';
import { KeyCap, KeyCaps } from '../parts/key-caps.tsx';
import { COMMANDS } from './commands.ts';
import { WIDGET_KEYS } from './widget-keys.ts';

/** Every key there is, by where it acts. */
export const KeysTable = () => (
  <div className="columns-1 gap-8 medium:columns-2">
    <Scope heading="Page">
      {COMMANDS.filter(({ keys }) => keys !== '').map(({ id, group, label, keys }) => (
        <Line key={id} label={group === 'Go to' ? `Go to ${label}` : label}>
          <KeyCaps keys={keys} />
        </Line>
      ))}
    </Scope>
    {WIDGET_KEYS.map(({ scope, keys }) => (
      <Scope key={scope} heading={scope}>
        {keys.map((one) => (
          <Line key={one.label} label={one.label}>
            {one.keys.map((name) => (
              <KeyCap key={name} name={name} />
            ))}
          </Line>
        ))}
      </Scope>
    ))}
  </div>
);

const Scope = ({ heading, children }: { readonly heading: string; readonly children: ReactNode }) => (
  <section className="break-inside-avoid pb-4">
    <h3 className="border-b border-line pb-1 font-semibold">{heading}</h3>
    <dl>{children}</dl>
  </section>
);

const Line = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <div className="flex min-h-7 items-center justify-between gap-4">
    <dt className="text-ink-2">{label}</dt>
    <dd className="flex gap-1">{children}</dd>
  </div>
);
