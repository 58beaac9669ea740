import { useMutation, useQuery } from '@tanstack/react-query';
import { DropdownMenu } from 'radix-ui';
import { toast } from 'sonner';
import type { ClientAttempt } from '../../../contract/client/client-attempt.ts';
import { listEditors, openInEditor, type WhatToOpen } from '../../../contract/client/editor-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { failureOf } from '../../api/request-error.ts';
import { unwrapView } from '../../api/unwrap.ts';
import { Button } from '../../parts/button.tsx';
import { failureWords } from '../../words/failure-words.ts';

interface MoreMenuProps {
  readonly attempt: ClientAttempt;
  /** The path of the file that is looked at. */
  readonly here: string;
  readonly onCopyPatch: () => void;
  readonly onBring: () => void;
}

/** What is done seldom; an editor is offered only where it is installed. */
export function MoreMenu({ attempt, here, onCopyPatch, onBring }: MoreMenuProps) {
  const connection = useConnection();
  const editors = useQuery({
    queryKey: ['editors'],
    queryFn: ({ signal }) => unwrapView(listEditors(connection, signal)),
  });
  const opening = useMutation({
    mutationFn: ({ editor, what }: { readonly editor: string; readonly what: WhatToOpen }) =>
      unwrapView(openInEditor(connection, editor, what)),
    onError: (error) => toast.error(`Not opened. ${failureWords(failureOf(error)).cause}`),
  });
  const places = placesOf(attempt, here);
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <Button>More…</Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          className="z-50 max-w-[92vw] rounded-md border border-edge bg-panel p-1 text-ink shadow-lg"
        >
          {(editors.data ?? []).flatMap(({ id, title }) =>
            places.map(({ label, what }) => (
              <Entry key={`${id} ${label}`} onSelect={() => opening.mutate({ editor: id, what })}>
                {`Open ${label} in ${title}`}
              </Entry>
            )),
          )}
          <Entry onSelect={onCopyPatch}>Copy patch</Entry>
          <Entry onSelect={onBring}>Bring into my checkout…</Entry>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

const Entry = ({ onSelect, children }: { readonly onSelect: () => void; readonly children: string }) => (
  <DropdownMenu.Item
    className="flex min-h-7 items-center rounded-sm px-2 data-highlighted:bg-hover"
    onSelect={onSelect}
  >
    {children}
  </DropdownMenu.Item>
);

/** Most worktrees are gone when their attempt has ended; the repository is always there. */
function placesOf(
  attempt: ClientAttempt,
  here: string,
): readonly { readonly label: string; readonly what: WhatToOpen }[] {
  const hasWorktree = attempt.endedAtMs === null || (attempt.salvage?.keptWorktree ?? null) !== null;
  if (!hasWorktree) return [{ label: 'this file of my repository', what: { kind: 'file', path: here } }];
  return [
    { label: 'this file of the worktree', what: { kind: 'file', path: here, attemptId: attempt.id } },
    { label: 'the worktree', what: { kind: 'worktree', attemptId: attempt.id } },
  ];
}
