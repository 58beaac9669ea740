import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useSearchParams } from 'wouter';
import { getHelpDocument } from '../../../contract/client/help-document-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { keys } from '../../api/query-keys.ts';
import { unwrapView } from '../../api/unwrap.ts';
import { useNamedSubject } from '../../app/screen-subject.ts';
import { Markdown } from '../../parts/markdown/markdown.tsx';
import { Answer } from '../../parts/region.tsx';
import { helpTarget } from './help-target.ts';

interface HelpDocumentProps {
  readonly name: string;
  readonly title: string;
}

/** One of the documents, at the heading that the address names. */
export function HelpDocument({ name, title }: HelpDocumentProps) {
  const connection = useConnection();
  const [search] = useSearchParams();
  const at = search.get('at');
  useNamedSubject(title);
  const text = useQuery({
    queryKey: keys.helpDocument(name),
    queryFn: () => unwrapView(getHelpDocument(connection, name)),
  });
  const isThere = text.data !== undefined;
  useEffect(() => {
    if (isThere && at !== null) document.getElementById(`${PREFIX}${at}`)?.focus();
  }, [isThere, at]);
  return (
    <Answer asked={text} what={title}>
      {(markdown) => (
        <Markdown
          text={withoutComments(markdown)}
          topLevel={2}
          idPrefix={PREFIX}
          targetOf={(target) => helpTarget(name, target)}
        />
      )}
    </Answer>
  );
}

const PREFIX = 'help-';

/** They are for who writes the documents. */
const withoutComments = (markdown: string): string => markdown.replace(/<!--.*?-->\n?/gs, '');
