/** Whom to ring: the vocabulary's services with the organisation's own numbers. */
import type { Contact, Service } from "../store/types";

export interface ServiceCard {
  service: Service;
  /** The organisation's own numbers for it; empty when only the general one is known. */
  contacts: readonly Contact[];
  /** The general number, where there is one. */
  number: string | null;
}

export interface Directory {
  emergency: readonly ServiceCard[];
  /** Not urgent, with a number to ring. */
  reachable: readonly ServiceCard[];
  /** Known, but without a number on this phone. */
  unreachable: readonly ServiceCard[];
  /** The organisation's numbers that belong to no service. */
  others: readonly Contact[];
}

export function directory(services: readonly Service[], contacts: readonly Contact[]): Directory {
  const cards = services
    .filter((service) => service.retired === null)
    .map((service) => ({
      service,
      contacts: contacts.filter((contact) => contact.service === service.code),
      number: service.number,
    }));
  const codes = new Set(cards.map((card) => card.service.code));
  const calm = cards.filter((card) => !card.service.emergency);
  const hasNumber = (card: ServiceCard) => card.number !== null || card.contacts.length > 0;
  return {
    emergency: cards.filter((card) => card.service.emergency),
    // The organisation's own numbers are the ones rung at night: they come before the national ones.
    reachable: calm.filter(hasNumber).sort((a, b) => b.contacts.length - a.contacts.length),
    unreachable: calm.filter((card) => !hasNumber(card)),
    others: contacts.filter((contact) => contact.service === null || !codes.has(contact.service)),
  };
}

/** "070-123 45 67" as a dialler takes it. */
export function telHref(number: string): string {
  return `tel:${number.replace(/[^\d+*#]/g, "")}`;
}
