import { useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { copyText } from '../../parts/copy-text.ts';
import { SeenText } from '../../parts/seen-text.tsx';
import type { CliCommand } from './cli-command.ts';

/** The same submission for a terminal, to copy. */
export function CommandView({ command }: { readonly command: CliCommand }) {
  const [shell, setShell] = useState<keyof CliCommand>('sh');
  const text = command[shell];
  return (
    <section aria-label="As CLI command" className="max-w-3xl border-t border-line pt-3">
      <div className="flex flex-wrap items-center gap-2 pb-1">
        <h2>As CLI command</h2>
        <span className="grow" />
        <Button aria-pressed={shell === 'sh'} look={shell === 'sh' ? 'ink' : 'plain'} onClick={() => setShell('sh')}>
          sh
        </Button>
        <Button
          aria-pressed={shell === 'powershell'}
          look={shell === 'powershell' ? 'ink' : 'plain'}
          onClick={() => setShell('powershell')}
        >
          PowerShell
        </Button>
        <Button onClick={() => void copyText(text, 'command')}>Copy command</Button>
      </div>
      <pre className="max-h-48 overflow-auto border border-line bg-sunken p-2 wrap-anywhere whitespace-pre-wrap">
        <SeenText text={text} />
      </pre>
    </section>
  );
}
