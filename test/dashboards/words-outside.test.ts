import { expect, it } from 'vitest';
import { wordsOutside } from '../../.ci/words-outside.ts';

const page = `---
title: Data
---

\`\`\`sql rows
select 'not a word' from rpt_rows
\`\`\`

## {say('data.title')}

Read [the rows](/rows/) and \`code\`.

<Chart data={rows} title="By month" x=month_start columns={[{id: 'a', title: 'Two'}, {id: 'b', title: say('data.b', {title: 'none'})}]} />

{#if rows.length > 1}<p class="big note">{rows[0].name + ' is late'}</p>{/if}
`;

it('finds every word of a page that is in no message, and where it stands', () => {
    expect(wordsOutside('pages/data.md', page)).toEqual([
        { line: 2, text: 'Data' },
        { line: 11, text: 'Read [the rows and .' },
        { line: 13, text: 'By month' },
        { line: 13, text: 'Two' },
        { line: 15, text: 'is late' },
    ]);
});
