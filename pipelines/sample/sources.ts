import type { ProductLine } from './product-lines.ts';

export type Platform = 'google_ads' | 'meta_ads' | 'linkedin_ads';

/** Where leads come from: an ad campaign, or a channel nobody pays a platform for. */
export interface LeadSource {
    readonly line: ProductLine;
    /** The channel in the words of the CRM's "Lead Source" field. */
    readonly label: string;
    readonly leadsPerMonth: number;
    /** 1 is ordinary; below 1 the leads are accepted and won less often. */
    readonly quality: number;
    /** Tells how sessions of this source are tagged. */
    readonly tag: SessionTag;
    readonly campaign?: Campaign;
}

export interface SessionTag {
    readonly utmSource: string;
    readonly utmMedium: string;
    readonly referrer: string;
    readonly landingPages: readonly string[];
}

export interface Campaign {
    readonly id: string;
    readonly name: string;
    readonly slug: string;
    readonly platform: Platform;
    /** Euro spent per lead in July 2023. */
    readonly costPerLead: number;
    /** The first month with spend and the first one without. */
    readonly fromMonth: number;
    readonly toMonth: number;
}

const LANDING_PAGES: Readonly<Record<ProductLine, readonly string[]>> = {
    gates: ['/gates/sliding', '/gates/industrial-doors', '/gates/quote', '/gates/references'],
    parts: ['/parts/remotes', '/parts/springs', '/parts/catalogue', '/parts/motors'],
};

const PLATFORM_TAGS = {
    google_ads: {
        label: 'Google Ads',
        utmSource: 'google',
        utmMedium: 'cpc',
        referrer: 'https://www.google.com/',
    },
    meta_ads: {
        label: 'Facebook & Instagram Ads',
        utmSource: 'facebook',
        utmMedium: 'paid_social',
        referrer: 'https://l.facebook.com/',
    },
    linkedin_ads: {
        label: 'LinkedIn Ads',
        utmSource: 'linkedin',
        utmMedium: 'paid_social',
        referrer: 'https://www.linkedin.com/',
    },
} as const;

interface CampaignPlan {
    readonly platform: Platform;
    readonly line: ProductLine;
    readonly id: string;
    readonly name: string;
    readonly landingPage: number;
    readonly leads: number;
    readonly cost: number;
    readonly quality: number;
    readonly from?: number;
    readonly to?: number;
}

/** "Parts | Remotes giveaway" fills the lead target and never closes; the joint plan stops it. */
// biome-ignore format: a table
const CAMPAIGN_PLANS: readonly CampaignPlan[] = [
    { platform: 'google_ads', line: 'gates', id: '20458811001', name: 'Gates | Search | Sliding gates', landingPage: 0, leads: 36, cost: 58, quality: 1.05 },
    { platform: 'google_ads', line: 'gates', id: '20458811002', name: 'Gates | Search | Industrial doors', landingPage: 1, leads: 21, cost: 80, quality: 1.15 },
    { platform: 'google_ads', line: 'parts', id: '20458811003', name: 'Parts | Search | Springs and rollers', landingPage: 1, leads: 66, cost: 31, quality: 1.1 },
    { platform: 'google_ads', line: 'parts', id: '20458811004', name: 'Parts | Search | Remotes', landingPage: 0, leads: 58, cost: 27, quality: 1.05 },
    { platform: 'google_ads', line: 'parts', id: '20458811005', name: 'Parts | Performance Max', landingPage: 2, leads: 56, cost: 37, quality: 0.9, from: 7 },
    { platform: 'meta_ads', line: 'parts', id: '120207755310401', name: 'Parts | Remotes giveaway', landingPage: 0, leads: 84, cost: 7.5, quality: 0, to: 27 },
    { platform: 'meta_ads', line: 'parts', id: '120207755310402', name: 'Parts | Retargeting catalogue', landingPage: 2, leads: 42, cost: 33, quality: 1.1 },
    { platform: 'meta_ads', line: 'gates', id: '120207755310403', name: 'Gates | Lookalike house owners', landingPage: 2, leads: 24, cost: 52, quality: 0.75 },
    { platform: 'meta_ads', line: 'parts', id: '120207755310404', name: 'Parts | DIY repair video', landingPage: 3, leads: 46, cost: 21, quality: 0.8 },
    { platform: 'linkedin_ads', line: 'gates', id: '318904421', name: 'Gates | Architects and developers', landingPage: 3, leads: 13, cost: 118, quality: 1.3 },
    { platform: 'linkedin_ads', line: 'gates', id: '318904422', name: 'Gates | Facility managers', landingPage: 1, leads: 11, cost: 109, quality: 1.1 },
    { platform: 'linkedin_ads', line: 'parts', id: '318904423', name: 'Parts | Service companies', landingPage: 2, leads: 32, cost: 48, quality: 1.3, from: 25 },
];

// biome-ignore format: a table
const UNPAID_PLANS = [
    { label: 'Organic Search', utmSource: '', utmMedium: '', referrer: 'https://www.google.com/', gates: 36, parts: 66, quality: 1.1 },
    { label: 'Website Direct', utmSource: '', utmMedium: '', referrer: '', gates: 17, parts: 24, quality: 1.05 },
    { label: 'Newsletter', utmSource: 'newsletter', utmMedium: 'email', referrer: '', gates: 7, parts: 28, quality: 1 },
    { label: 'Referral', utmSource: '', utmMedium: '', referrer: 'https://www.garage-forum.example/thread/4711', gates: 13, parts: 10, quality: 1.45 },
] as const;

export const LEAD_SOURCES: readonly LeadSource[] = [
    ...CAMPAIGN_PLANS.map(toCampaignSource),
    ...UNPAID_PLANS.flatMap((plan) =>
        (['gates', 'parts'] as const).map(
            (line): LeadSource => ({
                line,
                label: plan.label,
                leadsPerMonth: plan[line],
                quality: plan.quality,
                tag: {
                    utmSource: plan.utmSource,
                    utmMedium: plan.utmMedium,
                    referrer: plan.referrer,
                    landingPages: LANDING_PAGES[line],
                },
            }),
        ),
    ),
];

/** Whether the source brings leads in the month; the warm-up months count as the first one. */
export function isActive(source: LeadSource, monthIndex: number): boolean {
    const { campaign } = source;
    const index = Math.max(monthIndex, 0);
    return campaign === undefined || (index >= campaign.fromMonth && index < campaign.toMonth);
}

function toCampaignSource(plan: CampaignPlan): LeadSource {
    const { label, ...tag } = PLATFORM_TAGS[plan.platform];
    return {
        line: plan.line,
        label,
        leadsPerMonth: plan.leads,
        quality: plan.quality,
        tag: { ...tag, landingPages: LANDING_PAGES[plan.line].slice(plan.landingPage).slice(0, 1) },
        campaign: {
            id: plan.id,
            name: plan.name,
            slug: plan.name.toLowerCase().replaceAll(' | ', '-').replaceAll(' ', '_'),
            platform: plan.platform,
            costPerLead: plan.cost,
            fromMonth: plan.from ?? 0,
            toMonth: plan.to ?? 36,
        },
    };
}

/** Rows of the company's campaign list: what each campaign advertises. */
export const CAMPAIGN_ROWS: readonly (readonly [string, ProductLine])[] = LEAD_SOURCES.flatMap(
    ({ campaign, line }) => (campaign ? [[campaign.id, line] as const] : []),
);
