import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ClientToken } from '../../../contract/client/client-token.ts';
import { listTokens, revokeToken } from '../../../contract/client/token-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { keys } from '../../api/query-keys.ts';
import { failureOf } from '../../api/request-error.ts';
import { unwrapItems, unwrapView } from '../../api/unwrap.ts';
import { announce } from '../../app/announcements.ts';
import { Button } from '../../parts/button.tsx';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { FailureNote } from '../../parts/failure-note.tsx';
import { Answer } from '../../parts/region.tsx';
import { Cell, Row, Table } from '../../parts/table.tsx';
import { useNow } from '../../parts/use-now.ts';
import { Verdict } from '../../parts/verdict.tsx';
import { When } from '../../parts/when.tsx';
import { tokenState } from './token-state.ts';

/** The windows and programs that have a token of their own. The daemon's own token is not among them. */
export function Windows() {
  const connection = useConnection();
  const tokens = useQuery({
    queryKey: keys.tokens,
    queryFn: () => unwrapItems(listTokens(connection)),
    // A window that is let in is no event.
    staleTime: 0,
  });
  const [asked, setAsked] = useState<ClientToken | null>(null);
  return (
    <>
      <p className="py-1 text-ink-2">
        Each window and each program has a token of its own, which is never shown. One that is revoked lets nobody in
        from then on.
      </p>
      <Answer asked={tokens} what="who is let in">
        {(list) =>
          list.length === 0 ? (
            <EmptyNote>Nobody has a token beside the daemon’s own.</EmptyNote>
          ) : (
            <Table label="Who is let in" headings={['Who', 'State', 'May', 'Let in', 'Last seen', 'Revoke']}>
              {list.map((token) => (
                <TokenRow key={token.id} token={token} onRevoke={() => setAsked(token)} />
              ))}
            </Table>
          )
        }
      </Answer>
      <RevokeDialog token={asked} onClose={() => setAsked(null)} />
    </>
  );
}

function TokenRow({ token, onRevoke }: { readonly token: ClientToken; readonly onRevoke: () => void }) {
  const nowMs = useNow();
  const state = tokenState(token, nowMs);
  return (
    <Row>
      <Cell>
        {token.name || (token.kind === 'window' ? 'A window' : 'A program')}
        {token.isSelf ? ' (this window)' : ''}
      </Cell>
      <Cell>
        <Verdict kind={state === 'valid' ? 'good' : 'absent'}>{STATE_WORDS[state]}</Verdict>
      </Cell>
      <Cell>{token.scopes.includes('*') ? 'Everything' : token.scopes.join(', ')}</Cell>
      <Cell>
        <When atMs={token.createdAtMs} />
      </Cell>
      <Cell>
        <When atMs={token.lastUsedAtMs} />
      </Cell>
      <Cell>
        {state === 'valid' ? (
          <Button look="risky" aria-label={`Revoke ${token.name || token.id}`} onClick={onRevoke}>
            Revoke…
          </Button>
        ) : null}
      </Cell>
    </Row>
  );
}

const STATE_WORDS = { valid: 'Valid', expired: 'Expired', revoked: 'Revoked' } as const;

interface RevokeDialogProps {
  readonly token: ClientToken | null;
  readonly onClose: () => void;
}

function RevokeDialog({ token, onClose }: RevokeDialogProps) {
  const connection = useConnection();
  const queries = useQueryClient();
  const revoke = useMutation({
    mutationFn: (id: string) => unwrapView(revokeToken(connection, id)),
    onSuccess: async () => {
      announce('Revoked');
      onClose();
      await queries.invalidateQueries({ queryKey: keys.tokens });
    },
  });
  return (
    <ConfirmDialog
      isOpen={token !== null}
      title={token?.isSelf === true ? 'Revoke this window?' : `Revoke ${token?.name || 'this token'}?`}
      stay="Keep it"
      go="Revoke token"
      isBusy={revoke.isPending}
      onClose={onClose}
      onGo={() => {
        if (token !== null) revoke.mutate(token.id);
      }}
    >
      <p>
        {token?.isSelf === true
          ? 'This page stops at once. "codencer open" makes a link for a new window.'
          : 'What it is doing ends at once. It gets in again only by a new link.'}
      </p>
      {revoke.error === null ? null : <FailureNote failure={failureOf(revoke.error)} effect="Nobody was locked out." />}
    </ConfirmDialog>
  );
}
