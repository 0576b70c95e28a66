import { z } from 'zod';
import { dealPattern } from '../api/deal-reference.ts';
import {
    compareIds,
    connectionBase,
    deepReload,
    reloadDays,
    type SystemSettings,
    timezone,
} from '../api/settings.ts';

const field = z.string().min(1);

/** A kind of document that is money, with the names it has in this configuration of 1C. */
const document = z.strictObject({
    /** Name as OData has it, such as `Document_ПоступлениеНаРасчетныйСчет`. */
    resource: z.string().regex(/^Document_[\p{L}\p{N}_]+$/u, 'a name such as Document_…'),
    kind: z.enum(['payment', 'refund']),
    /** Table of the document whose lines are loaded instead of it, such as `РасшифровкаПлатежа`. */
    table: field.optional(),
    amount: field,
    /** Field of the tax; left out, the tax is not known, and net is the amount. */
    tax: field.optional(),
    /** Whether the amount holds the tax, or the field of the document that says so. */
    includes_tax: z.union([z.boolean(), field]).default(true),
    /** Field with the id of the deal, of the line or of the document. */
    deal: field.optional(),
    deal_pattern: dealPattern,
    /** Field with the reference of the currency; left out, the currency of the connection. */
    currency_key: field.optional(),
    /** Only documents of which these fields have these values. */
    where: z.record(field, z.union([z.string(), z.boolean()])).default({}),
});

export type DocumentSettings = z.output<typeof document>;

export const oneC = {
    system: 'one_c',
    title: '1C:Enterprise',
    schema: z.strictObject({
        ...connectionBase,
        system: z.literal('one_c'),
        /** Where the infobase is published, without `/odata`. */
        address: z.url('an address such as https://1c.example.com/accounting'),
        timezone,
        /** Currency of documents that name none. */
        currency: z.string().regex(/^[A-Z]{3}$/, 'a currency of ISO 4217 such as RUB'),
        /** Catalogue of currencies. */
        currencies: field.default('Catalog_Валюты'),
        documents: z.array(document).min(1),
        reload_days: reloadDays(30),
        ...deepReload,
        ...compareIds,
    }),
    streams: ['payments'],
    secrets: [
        { name: 'user', what: 'name of the user' },
        { name: 'password', what: 'password of the user' },
    ],
    asked: [
        {
            name: 'address',
            what: 'address of the published infobase',
            example: 'https://1c.example.com/accounting',
        },
        { name: 'timezone', what: 'time zone of the infobase', example: 'Europe/Moscow' },
        { name: 'currency', what: 'currency of documents that name none', example: 'RUB' },
    ],
    access:
        'Let an administrator of 1C publish the infobase with the standard OData interface over HTTPS, put the ' +
        'documents and the catalogue of currencies into the set of that interface (function ' +
        'УстановитьСоставСтандартногоИнтерфейсаOData, or the setting in the administration of the ' +
        'configuration), and make a user with a role that may read them and nothing else. Then name the ' +
        'documents under documents of the connection: every configuration has other ones.',
} as const satisfies SystemSettings;
