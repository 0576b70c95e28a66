import { z } from 'zod';
import { boolean, decimal, integer, lowerCaseName, oneOf, optional, text } from '../columns.ts';
import { defineRule } from '../rule.ts';
import { validity } from './validity.ts';

export const channels = defineRule({
    file: 'reference/channels',
    description: 'The channels every report uses.',
    key: ['channel_id'],
    row: z.object({
        channel_id: text('Channel.'),
        channel_label: text('Name on pages.'),
        is_paid: boolean('Whether it costs advertising money.'),
        is_direct: boolean('Whether it stands for visits of unknown origin.'),
        sort_order: integer('Place in lists.'),
    }),
});

export const channelRules = defineRule({
    file: 'reference/channel_rules',
    description: 'Which channel the signals of a visit or lead mean; the lowest priority wins.',
    key: ['rule_id'],
    row: z.object({
        rule_id: text('Rule.'),
        priority: integer('Order in which rules are tried.'),
        channel_id: optional(text('Channel it gives; empty = none, look further.')),
        utm_source: optional(
            text('Pattern (LIKE) of utm_source, or a category of sources such as [social].'),
        ),
        utm_medium: optional(text('Pattern (LIKE) of utm_medium.')),
        utm_campaign: optional(text('Pattern (LIKE) of utm_campaign.')),
        click_id: optional(text('Pattern (LIKE) of the first six characters of the click id.')),
        referrer_host: optional(
            text('Pattern (LIKE) of the referring host, or a category such as [search].'),
        ),
        recorded_channel: optional(text('Pattern (LIKE) of the origin the CRM recorded.')),
        ...validity,
    }),
});

export const sourceCategories = defineRule({
    file: 'reference/source_categories',
    description: 'What kind of site a source is; of several that fit, the longest pattern counts.',
    key: ['source'],
    row: z.object({
        source: text('Pattern (LIKE) of utm_source or of the referring host.'),
        category: oneOf(
            ['search', 'shopping', 'social', 'video', 'ai_assistant'],
            'Category, which channel rules name as [category].',
        ),
    }),
});

export const platformChannels = defineRule({
    file: 'reference/platform_channels',
    description: 'The channel the campaigns of an ad platform belong to.',
    key: ['platform'],
    row: z.object({
        platform: lowerCaseName('Ad platform as the inputs name it, in lower case.'),
        channel_id: text('Channel.'),
    }),
});

export const platformClicks = defineRule({
    file: 'reference/platform_clicks',
    description: 'What shows that a click came from an ad platform; one signal per row is enough.',
    key: ['platform', 'utm_source', 'click_id'],
    row: z.object({
        platform: lowerCaseName('Ad platform as the inputs name it, in lower case.'),
        utm_source: optional(text('Pattern (LIKE) of utm_source or of the origin in the CRM.')),
        click_id: optional(text('Pattern (LIKE) of the first six characters of the click id.')),
    }),
});

export const attributionModels = defineRule({
    file: 'reference/attribution_models',
    description: 'How the credit for a deal is shared over the touches before it.',
    key: ['model'],
    row: z.object({
        model: text('Model.'),
        model_label: text('Name on pages.'),
        lookback_days: integer('Days before the conversion that count.', { minimum: '0' }),
        first_share: optional(
            decimal(7, 6, 'Share of the first touch; empty = equal shares.', { minimum: '0' }),
        ),
        last_share: optional(
            decimal(7, 6, 'Share of the last touch; empty = equal shares.', { minimum: '0' }),
        ),
        excluded_channels: optional(text('Channels that get credit only when alone, with |.')),
        is_default: boolean('Whether KPIs use it.'),
        ...validity,
    }),
});
