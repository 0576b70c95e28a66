import { describe, expect, it } from 'vitest';
import { messagesFile, readCatalogue } from '../../dashboards/messages/catalogue.ts';
import { createWords } from '../../dashboards/messages/words.ts';

const words = createWords(readCatalogue(messagesFile('en')), {
    language: 'en',
    number_locale: 'en-GB',
    currency: 'EUR',
});
const render = (key: string, values: Record<string, unknown>) =>
    words.render(JSON.stringify({ key: `data_health.${key}`, ...values }));

describe('data health', () => {
    it('names every check that fails', () => {
        const check = (subject: string) => ({
            message: JSON.stringify({
                key: 'data_health.failed_check',
                check: 'All loaded payments are kept',
                subject,
            }),
        });
        expect(render('checks_fail', { count: 1, checks: { list: [check('Payments')] } })).toBe(
            '1 check fails, do not pay on these numbers: All loaded payments are kept (Payments).',
        );
        expect(
            render('checks_fail', { count: 2, checks: { list: [check('EUR'), check('RON')] } }),
        ).toBe(
            '2 checks fail, do not pay on these numbers: All loaded payments are kept (EUR) and All loaded payments are kept (RON).',
        );
    });

    it('sums up the sources', () => {
        const totals = {
            connected: 1,
            all: 14,
            rows: 1200,
            day: { day: '2026-06-30' },
            rejected: 1,
        };
        expect(render('totals', totals)).toBe(
            '1 of 14 sources are connected; 1,200 rows are loaded, with data through 30 Jun 2026; 1 row was rejected.',
        );
    });

    it.each([
        [{ status: 'behind', days: 1, day: '' }, '1 day behind'],
        [{ status: 'ended', days: 8, day: '' }, 'Ends 8 days before the load'],
        [{ status: 'fixed', days: 8, day: { day: '2026-06-30' } }, 'Fixed at 30 Jun 2026'],
        [{ status: 'not_connected', days: null, day: '' }, 'Not connected'],
        [{ status: 'current', days: null, day: '' }, 'Up to date'],
    ])('says the state of a source: %o', (values, text) => {
        expect(render('status', values)).toBe(text);
    });

    it('shows a stream or list that no message knows by its id', () => {
        expect(render('source', { stream: 'hubspot_notes' })).toBe('hubspot_notes');
        expect(render('rejected_column', { column: null })).toBe('the whole row');
    });
});
