// Writes src/Regard.Web/Contact/holidays.txt: the public holidays of every country that the npm package date-holidays knows.
// A day that any state of the country keeps is in it: we do not know where in the country a customer lives.
// Run it by hand once in some years: npm install --no-save date-holidays@3 && node holidays.mjs FIRST LAST > ../src/Regard.Web/Contact/holidays.txt
import Holidays from 'date-holidays';

const [first, last] = process.argv.slice(2).map(Number);
console.log(`# Public holidays ${first} to ${last}, from date-holidays (https://github.com/commenthol/date-holidays, ISC; data CC-BY-3.0).`);
console.log('# Country, year, days as month and day. Written by web/holidays.mjs.');
for (const country of Object.keys(new Holidays().getCountries()).sort()) {
  if (country.length !== 2) continue;
  const places = [[country], ...Object.keys(new Holidays(country).getStates(country) ?? {}).map(state => [country, state])].map(place => new Holidays(...place));
  for (let year = first; year <= last; year++) {
    const days = new Set();
    for (const place of places)
      for (const day of place.getHolidays(year))
        if (day.type === 'public') {
          // A holiday from the evening before, or over several days, takes every calendar day that it touches.
          for (let at = new Date(day.date.slice(0, 10) + 'T00:00:00Z'), n = Math.max(1, Math.round((day.end - day.start) / 864e5)); n > 0; n--, at.setUTCDate(at.getUTCDate() + 1))
            if (at.getUTCFullYear() === year) days.add(at.toISOString().slice(5, 10).replace('-', ''));
        }
    console.log([country, year, ...[...days].sort()].join(' '));
  }
}
