/** What the tests use of it as an oracle. */
declare module "google-libphonenumber" {
  class PhoneNumber {
    setCountryCode(code: number): void;
    setNationalNumber(number: number): void;
    setItalianLeadingZero(leads: boolean): void;
    setNumberOfLeadingZeros(zeros: number): void;
  }
  const google: {
    PhoneNumber: typeof PhoneNumber;
    ShortNumberInfo: { getInstance(): { isValidShortNumberForRegion(number: PhoneNumber, region: string): boolean } };
    PhoneNumberUtil: { getInstance(): { getCountryCodeForRegion(region: string): number; parse(text: string, region: string): PhoneNumber; isValidNumber(number: PhoneNumber): boolean } };
  };
  export default google;
}
