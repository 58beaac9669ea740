/** Text inside of a paragraph. */
export type Inline =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis' | 'deleted'; readonly inlines: readonly Inline[] }
  | { readonly kind: 'link'; readonly target: string; readonly inlines: readonly Inline[] }
  | { readonly kind: 'image'; readonly source: string; readonly text: string }
  | { readonly kind: 'break' };

export interface ListItem {
  /** Null: it is nothing to be ticked off. */
  readonly isDone: boolean | null;
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly kind: 'paragraph'; readonly inlines: readonly Inline[] }
  | { readonly kind: 'heading'; readonly depth: number; readonly slug: string; readonly inlines: readonly Inline[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  | { readonly kind: 'list'; readonly start: number | null; readonly items: readonly ListItem[] }
  | { readonly kind: 'table'; readonly head: Cells; readonly rows: readonly Cells[] }
  | { readonly kind: 'rule' }
  /** HTML, as it is written. */
  | { readonly kind: 'raw'; readonly text: string };

export type Cells = readonly (readonly Inline[])[];
