namespace Regard.Contact;

/// <summary>The words of the preference centre.</summary>
internal static class CentrePhrases
{
    public static readonly Phrase Lead = new("What you say here binds at once, for everybody who works here.", "Was Sie hier sagen, gilt sofort, für alle, die hier arbeiten.", "Lo que diga aquí vale de inmediato, para todas las personas que trabajan aquí.");
    public static readonly Phrase LinkScope = new("This link is for {0}. It shows and changes how we may contact you, and nothing else. It works until {1}.", "Dieser Link gilt für {0}. Er zeigt und ändert, wie wir Sie erreichen dürfen, und sonst nichts. Er gilt bis zum {1}.", "Este enlace es para {0}. Muestra y cambia cómo podemos contactarle, y nada más. Funciona hasta el {1}.");
    public static readonly Phrase YourAddress = new("your address", "Ihre Adresse", "su dirección");
    public static readonly Phrase NothingChanged = new("Nothing was changed", "Nichts wurde geändert", "No se cambió nada");
    public static readonly Phrase MeansTitle = new("This is what it would mean", "Das würde es bedeuten", "Esto es lo que significaría");
    public static readonly Phrase Means = new("Nothing is changed yet: send the form below with “Save” if it is what you want.", "Noch ist nichts geändert: Senden Sie das Formular unten mit „Speichern“, wenn Sie es so möchten.", "Aún no ha cambiado nada: si es lo que desea, envíe el formulario de abajo con «Guardar».");
    public static readonly Phrase StaleTitle = new("Something was told meanwhile", "Inzwischen wurde etwas gesagt", "Mientras tanto se dijo algo");
    public static readonly Phrase Stale = new("Above is what holds now; below are your choices. Nothing was changed: look at both, and save again.", "Oben steht, was jetzt gilt; unten stehen Ihre Angaben. Nichts wurde geändert: Sehen Sie beides an, und speichern Sie noch einmal.", "Arriba está lo que vale ahora; abajo, lo que usted eligió. No se cambió nada: mire ambas cosas y guarde de nuevo.");
    public static readonly Phrase Saved = new("Saved. It binds from now on.", "Gespeichert. Es gilt ab jetzt.", "Guardado. Vale desde ahora.");
    public static readonly Phrase FormTitle = new("Change how we may reach you", "Ändern, wie wir Sie erreichen dürfen", "Cambiar cómo podemos contactarle");

    public static readonly Phrase Everything = new("For everything at once", "Für alles auf einmal", "Para todo a la vez");
    public static readonly Phrase PerPurpose = new("For what, and in which way", "Wofür, und auf welchem Weg", "Para qué, y por qué vía");
    public static readonly Phrase PerPurposeHint = new("The first way is tried first. E-mail first, then a call: choose them in this order.", "Der erste Weg wird zuerst versucht. Erst eine E-Mail, dann ein Anruf: Wählen Sie beide in dieser Reihenfolge.", "Primero se intenta la primera vía. Primero un correo y después una llamada: elíjalos en ese orden.");
    public static readonly Phrase First = new("First", "Zuerst", "Primero");
    public static readonly Phrase Then = new("Then ({0})", "Danach ({0})", "Después ({0})");
    public static readonly Phrase AsRules = new("As your rules say", "Wie Ihre Regeln es vorsehen", "Como digan sus normas");
    public static readonly Phrase NothingSaid = new("Nothing said: none", "Keine Angabe: keine", "Sin indicación: ninguna");
    public static readonly Phrase NotAtAll = new("Not at all", "Gar nicht", "En ningún caso");
    public static readonly Phrase NothingElse = new("Nothing else", "Sonst nichts", "Nada más");
    public static readonly Phrase ResearchHint = new("You get none unless you choose a way here.", "Sie bekommen keine, wenn Sie hier keinen Weg wählen.", "No recibe ninguna si no elige aquí una vía.");
    public static readonly Phrase LegalHint = new("For example a recall. You can choose the way.", "Zum Beispiel ein Rückruf. Sie können den Weg wählen.", "Por ejemplo, la retirada de un producto. Puede elegir la vía.");

    public static readonly Phrase When = new("On which days, at which hours", "An welchen Tagen, zu welchen Zeiten", "Qué días, a qué horas");
    public static readonly Phrase WhenHint = new("In your own time ({0}). A time that ends after midnight belongs to the day on which it begins. Empty days are closed once you name any hours; all empty: any decent hour.", "In Ihrer eigenen Zeit ({0}). Was nach Mitternacht endet, gehört zu dem Tag, an dem es beginnt. Sobald Sie Zeiten nennen, sind leere Tage gesperrt; alles leer: jede passende Stunde.", "En su propia hora ({0}). Lo que termina después de medianoche pertenece al día en que empieza. En cuanto indique alguna hora, los días vacíos quedan cerrados; todo vacío: cualquier hora adecuada.");
    public static readonly Phrase ZoneUnknown = new("we do not know your time zone yet", "Ihre Zeitzone kennen wir noch nicht", "aún no conocemos su zona horaria");
    public static readonly Phrase HoursFor = new("These hours hold for", "Diese Zeiten gelten für", "Este horario vale para");
    public static readonly Phrase ForCalls = new("Calls, texts and visits", "Anrufe, SMS und Besuche", "Llamadas, SMS y visitas");
    public static readonly Phrase ForAll = new("E-mails as well", "Auch für E-Mails", "También los correos");
    public static readonly Phrase DayFrom = new("{0}, from", "{0}, von", "{0}, desde");
    public static readonly Phrase DayTo = new("{0}, to", "{0}, bis", "{0}, hasta");
    public static readonly Phrase AndFrom = new("{0}, and from", "{0}, und von", "{0}, y desde");
    public static readonly Phrase AndTo = new("{0}, and to", "{0}, und bis", "{0}, y hasta");
    public static readonly Phrase And = new("and", "und", "y");
    public static readonly Phrase Holidays = new("Public holidays", "Feiertage", "Días festivos");
    public static readonly Phrase HolidaysUnsaid = new("Nothing said: no calls on them", "Keine Angabe: keine Anrufe an Feiertagen", "Sin indicación: sin llamadas en festivos");
    public static readonly Phrase HolidaysWelcome = new("They make no difference to me", "Sie machen für mich keinen Unterschied", "Para mí no cambian nada");
    public static readonly Phrase HolidaysNot = new("Nothing on public holidays", "Nichts an Feiertagen", "Nada en días festivos");

    public static readonly Phrase HowOften = new("How often at most", "Wie oft höchstens", "Con qué frecuencia como máximo");
    public static readonly Phrase HowOftenHint = new("Empty: no limit of your own.", "Leer: keine eigene Grenze.", "Vacío: sin límite propio.");
    public static readonly Phrase Together = new("Everything that we begin, together", "Alles, was wir von uns aus beginnen, zusammen", "Todo lo que iniciamos nosotros, en conjunto");
    public static readonly Phrase Times = new("Times", "Mal", "Veces");
    public static readonly Phrase InDays = new("In how many days", "In wie vielen Tagen", "En cuántos días");

    public static readonly Phrase Besides = new("And besides", "Und außerdem", "Y además");
    public static readonly Phrase Pause = new("Leave me in peace until", "Lassen Sie mich in Ruhe bis", "Déjenme en paz hasta");
    public static readonly Phrase PauseHint = new("Answers to your own requests still come. Empty: no pause.", "Antworten auf Ihre eigenen Anfragen kommen trotzdem. Leer: keine Pause.", "Las respuestas a sus propias consultas llegan igualmente. Vacío: sin pausa.");
    public static readonly Phrase Language = new("Speak to me in", "Sprechen Sie mit mir auf", "Háblenme en");
    public static readonly Phrase LanguageUnsaid = new("Nothing said", "Keine Angabe", "Sin indicación");
    public static readonly Phrase Person = new("Only this person, please", "Bitte nur diese Person", "Solo esta persona, por favor");
    public static readonly Phrase PersonHint = new("The name of whoever you want to deal with. Empty: anybody.", "Der Name der Person, mit der Sie zu tun haben möchten. Leer: jede.", "El nombre de la persona con la que desea tratar. Vacío: cualquiera.");
    public static readonly Phrase Words = new("In your own words", "In Ihren eigenen Worten", "Con sus propias palabras");
    public static readonly Phrase WhatMeans = new("What would this mean?", "Was würde das bedeuten?", "¿Qué significaría esto?");
    public static readonly Phrase Save = new("Save", "Speichern", "Guardar");

    public static readonly Phrase Latest = new("The latest contacts we made, and what we held back", "Die letzten Kontakte, und was wir zurückgehalten haben", "Los últimos contactos, y lo que retuvimos");
    public static readonly Phrase All = new("Every contact, and why", "Jeder Kontakt, und warum", "Cada contacto, y por qué");
    public static readonly Phrase Told = new("What you told us", "Was Sie uns gesagt haben", "Lo que nos dijo");
    public static readonly Phrase NothingTold = new("You have not told us anything yet.", "Sie haben uns noch nichts gesagt.", "Aún no nos ha dicho nada.");
    public static readonly Phrase NotConfirmed = new("not confirmed by you yet", "von Ihnen noch nicht bestätigt", "aún sin confirmar por usted");
    public static readonly Phrase BadLimit = new("How often: a number from 0 to 100, in 1 to 3660 days.", "Wie oft: eine Zahl von 0 bis 100, in 1 bis 3660 Tagen.", "Frecuencia: un número de 0 a 100, en 1 a 3660 días.");
    public static readonly Phrase LongPerson = new("The name is too long: at most 100 letters.", "Der Name ist zu lang: höchstens 100 Buchstaben.", "El nombre es demasiado largo: como máximo 100 letras.");
}
