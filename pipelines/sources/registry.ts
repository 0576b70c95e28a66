import { z } from 'zod';
import { amocrm } from './amocrm/settings.ts';
import type { Connector, Tools } from './api/connector.ts';
import type { SystemSettings } from './api/settings.ts';
import { bitrix24 } from './bitrix24/settings.ts';
import { ga4 } from './ga4/settings.ts';
import { googleAds } from './google-ads/settings.ts';
import { hubspot } from './hubspot/settings.ts';
import { linkedinAds } from './linkedin-ads/settings.ts';
import { matomo } from './matomo/settings.ts';
import { metaAds } from './meta-ads/settings.ts';
import { microsoftAds } from './microsoft-ads/settings.ts';
import { mysql } from './mysql/settings.ts';
import { oneC } from './one-c/settings.ts';
import { pipedrive } from './pipedrive/settings.ts';
import { plausible } from './plausible/settings.ts';
import { postgres } from './postgres/settings.ts';
import { quickbooks } from './quickbooks/settings.ts';
import { salesforce } from './salesforce/settings.ts';
import { stripe } from './stripe/settings.ts';
import { xero } from './xero/settings.ts';
import { yandexDirect } from './yandex-direct/settings.ts';
import { yandexMetrica } from './yandex-metrica/settings.ts';

/** Every system that can be connected. A new one is a folder and a line here and in `openers`. */
export const systems = [
    googleAds,
    metaAds,
    linkedinAds,
    microsoftAds,
    yandexDirect,
    yandexMetrica,
    matomo,
    plausible,
    ga4,
    hubspot,
    bitrix24,
    amocrm,
    pipedrive,
    salesforce,
    stripe,
    quickbooks,
    xero,
    oneC,
    postgres,
    mysql,
] as const satisfies readonly SystemSettings[];

const [first, ...others] = systems;

/** One connection of a config. */
export const connectionSchema = z.discriminatedUnion('system', [
    first.schema,
    ...others.map(({ schema }) => schema),
]);

export type ConnectionConfig = z.output<typeof connectionSchema>;
export type SystemName = ConnectionConfig['system'];

type Opener<Name extends SystemName> = (
    connection: Extract<ConnectionConfig, { system: Name }>,
    tools: Tools,
) => Connector;

/** Read only when a connection of the system is used: most companies use three of them. */
const openers: { readonly [Name in SystemName]: () => Promise<Opener<Name>> } = {
    ga4: async () => (await import('./ga4/source.ts')).openGa4,
    google_ads: async () => (await import('./google-ads/source.ts')).openGoogleAds,
    amocrm: async () => (await import('./amocrm/source.ts')).openAmocrm,
    bitrix24: async () => (await import('./bitrix24/source.ts')).openBitrix24,
    hubspot: async () => (await import('./hubspot/source.ts')).openHubspot,
    salesforce: async () => (await import('./salesforce/source.ts')).openSalesforce,
    pipedrive: async () => (await import('./pipedrive/source.ts')).openPipedrive,
    linkedin_ads: async () => (await import('./linkedin-ads/source.ts')).openLinkedinAds,
    microsoft_ads: async () => (await import('./microsoft-ads/source.ts')).openMicrosoftAds,
    matomo: async () => (await import('./matomo/source.ts')).openMatomo,
    plausible: async () => (await import('./plausible/source.ts')).openPlausible,
    meta_ads: async () => (await import('./meta-ads/source.ts')).openMetaAds,
    stripe: async () => (await import('./stripe/source.ts')).openStripe,
    one_c: async () => (await import('./one-c/source.ts')).openOneC,
    postgres: async () => (await import('./postgres/source.ts')).openPostgres,
    mysql: async () => (await import('./mysql/source.ts')).openMysql,
    quickbooks: async () => (await import('./quickbooks/source.ts')).openQuickbooks,
    xero: async () => (await import('./xero/source.ts')).openXero,
    yandex_direct: async () => (await import('./yandex-direct/source.ts')).openYandexDirect,
    yandex_metrica: async () => (await import('./yandex-metrica/source.ts')).openYandexMetrica,
};

/** What is known of a system. */
export function systemOf(name: SystemName): SystemSettings {
    return systems.find(({ system }) => system === name) as SystemSettings;
}

/** Streams that a connection feeds. */
export function streamsOf(connection: ConnectionConfig): readonly string[] {
    const { streams, streamsOf: decided } = systemOf(connection.system);
    return decided?.(connection) ?? streams;
}

/** Makes a connection ready to ask. @throws ConfigError when a secret is missing */
export async function openConnection(
    connection: ConnectionConfig,
    tools: Tools,
): Promise<Connector> {
    const open = await openers[connection.system]();
    return (open as Opener<SystemName>)(connection as never, tools);
}
