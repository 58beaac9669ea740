/**
 * Of which session a line of stderr tells that its model is asked; null: of none. opencode 1.18 tells it in its log alone,
 * which it writes there when `OPENCODE_PRINT_LOGS` is set; `small` is what it asks for titles.
 */
export function sessionThatAsks(line: string): string | null {
  const [, session] = REQUEST.exec(line) ?? [];
  return session ?? null;
}

const REQUEST = /^timestamp=\S+ level=INFO \S+ message=stream (?:\S+ )*?session\.id=(\S+) small=false /;
