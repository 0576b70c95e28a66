import type { ConfigInput } from '../../pipelines/config-schema.ts';

type Connection = NonNullable<ConfigInput['connections']>[number];

/** What `load-connection.ts` loads. */
export interface ConnectionSource {
    readonly connection: Connection;
    readonly secrets: Readonly<Record<string, string>>;
}

/** What `parse-pages.ts` reads. */
export interface PageSource {
    readonly address: string;
    readonly accounts: readonly string[];
    readonly firstYear: number;
    readonly lastYear: number;
}

/** Google Ads, which a server of the bench stands in for. */
export function spendConnection(address: string, accounts: readonly string[]): ConnectionSource {
    return {
        connection: {
            name: 'bench',
            system: 'google_ads',
            customer_ids: [...accounts],
            since: '2023-01-01',
            address,
        },
        secrets: { client_id: 'any', client_secret: 'any', refresh_token: 'any' },
    };
}

/** A table of payments in Postgres, read by the time of its last change. */
export function paymentsConnection(port: number): ConnectionSource {
    return {
        connection: {
            name: 'bench',
            system: 'postgres',
            since: '2020-01-01',
            host: '127.0.0.1',
            port,
            database: 'postgres',
            tls: 'off',
            tables: [
                {
                    table: 'payments',
                    stream: 'payments',
                    cursor: 'changed',
                    columns: {
                        payment_id: 'id',
                        deal_id: 'deal',
                        paid_at: 'paid',
                        net_amount: 'amount',
                        currency_code: 'currency',
                    },
                },
            ],
        },
        secrets: { user: 'reader', password: 'secret' },
    };
}
