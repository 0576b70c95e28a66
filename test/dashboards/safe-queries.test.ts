import { describe, expect, test } from 'vitest';
import { quoteParameters } from '../../dashboards/shell/safe-queries.js';

const of = (path: string) => `$` + `{${path}}`;
const page = (query: string) => `<h1>Page</h1><script>\nlet text = \`${query}\`;\n</script>`;

describe('what a page asks the data by', () => {
    test('is a literal, whether a filter or a part of the address', () => {
        const code = page(
            `select 1 where a = '${of('inputs.month.value')}' and b = '${of('params.payee')}' and c in (select c from ${of('lines')})`,
        );
        expect(quoteParameters(code, 'page.md')).toContain(
            `a = ${of('sqlText(inputs.month.value)')} and b = ${of('sqlText(idOfAddress(params.payee))')} and c in (select c from ${of('lines')})`,
        );
    });

    test.each([
        of('params.payee'),
        `'%${of('inputs.word.value')}%'`,
        `'${of('inputs.word.value')} '`,
    ])('and nothing else: %s stops the build', (parameter) => {
        expect(() => quoteParameters(page(`select ${parameter}`), 'page.md')).toThrow(
            /page\.md: a query uses \$\{(params|inputs)\.[^}]*\}; write it as/,
        );
    });
});
