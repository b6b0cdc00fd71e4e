namespace Regard.Demo;

/// <summary>Invented people's names by language. Any likeness to a living person is chance.</summary>
internal static class DemoNames
{
    public static IReadOnlyList<string> Given(string language) => language switch
    {
        "de" => De,
        "es" => Es,
        "fr" => Fr,
        "pl" => Pl,
        _ => En,
    };

    public static IReadOnlyList<string> Family(string language) => language switch
    {
        "de" => DeFamily,
        "es" => EsFamily,
        "fr" => FrFamily,
        "pl" => PlFamily,
        _ => EnFamily,
    };

    private static readonly string[] En = Split("Alice Amelia Arthur Benjamin Beth Charlotte Daniel Dorothy Edith Edward Eleanor Emma Florence Frank Grace Harold Harriet Henry Isla Jack James Jane Joan Laura Lucy Margaret Martha Michael Nora Oliver Oscar Patrick Peter Rose Ruth Samuel Sophie Stephen Thomas Violet William Winifred");
    private static readonly string[] EnFamily = Split("Abbott Ashworth Barlow Bennett Blackwood Brennan Burgess Carter Chadwick Clarke Collins Cooper Dalton Dawson Ellis Fairfax Fletcher Foster Gallagher Gardner Gibson Hargreaves Harper Hawkins Holloway Hughes Jennings Kendall Langley Lockwood Marsh Mitchell Murphy Nolan Osborne Palmer Pritchard Quinn Redmond Rowe Sinclair Stanton Sutton Thornton Turner Wainwright Walsh Whitaker Winslow Yates");
    private static readonly string[] De = Split("Andreas Anja Anneliese Bernd Birgit Christa Dieter Elke Emil Eva Franz Friederike Georg Greta Hanna Hans Heike Helga Ines Jonas Jürgen Karin Käthe Klaus Lena Lukas Magdalena Maria Martin Mathilde Michael Monika Nina Paul Petra Rainer Renate Sabine Sebastian Stefan Sven Ulrike Ursula Vera Walter Wolfgang");
    private static readonly string[] DeFamily = Split("Albrecht Auer Bachmann Bauer Baumgartner Böhm Brandt Dietrich Eichhorn Engel Fischer Frank Fuchs Geiger Gruber Günther Haas Hahn Hartmann Heinrich Hofer Huber Jäger Kaiser Keller Köhler Krämer Kraus Lang Lechner Lindner Mayer Meier Meyer Moser Müller Neumann Ott Pichler Reiter Richter Roth Schäfer Schmid Schmidt Schneider Schreiber Schubert Seidel Sommer Steiner Vogel Wagner Weber Winkler Wolf Ziegler");
    private static readonly string[] Es = Split("Adriana Alejandro Alicia Álvaro Ana Andrés Beatriz Carlos Carmen Clara Diego Elena Emilio Esperanza Fernando Francisco Gonzalo Guadalupe Inés Isabel Javier Joaquín José Juan Lucía Luis Manuel Marina Mario Marta Mercedes Miguel Pablo Paula Pilar Rafael Ramón Rocío Rosa Sofía Tomás Teresa");
    private static readonly string[] EsFamily = Split("Aguilar Alonso Álvarez Blanco Cabrera Campos Castillo Castro Delgado Díaz Domínguez Fernández Flores Fuentes García Garrido Gil Gómez González Guerrero Gutiérrez Herrera Iglesias Jiménez León López Lozano Marín Martín Martínez Medina Molina Morales Moreno Navarro Núñez Ortega Ortiz Peña Pérez Prieto Ramírez Ramos Rivera Rojas Romero Rubio Ruiz Sánchez Santos Serrano Soto Suárez Torres Vargas Vega Vidal");
    private static readonly string[] Fr = Split("Adèle Alain Antoine Aurélie Baptiste Bernard Camille Cécile Chloé Claire Denis Élodie Émile Étienne Françoise Gilles Hélène Hugo Jacques Jeanne Julien Laurent Léa Louise Luc Madeleine Manon Marcel Margaux Mathieu Nathalie Nicolas Odile Pascal Pauline René Solène Sylvie Théo Yves");
    private static readonly string[] FrFamily = Split("Barbier Bernard Blanchard Bonnet Boucher Brunet Carpentier Chevalier Clément Colin Dubois Dufour Dumont Dupont Durand Fabre Faure Fontaine Fournier Gauthier Girard Guérin Lambert Laurent Leclerc Lefèvre Lemaire Leroux Marchand Mercier Meunier Moreau Noël Perrin Picard Renard Rivière Roche Rousseau Roussel Vidal Vincent");
    private static readonly string[] Pl = Split("Agnieszka Andrzej Anna Barbara Bartosz Beata Danuta Dorota Elżbieta Ewa Filip Grzegorz Halina Hanna Irena Jacek Jakub Jan Joanna Justyna Kamil Katarzyna Krystyna Krzysztof Łukasz Magdalena Maja Małgorzata Marek Michał Monika Piotr Stanisław Tomasz Urszula Wojciech Zofia");
    private static readonly string[] PlFamily = Split("Adamska Baran Borowski Chmielewski Czarnecki Dąbrowska Duda Dudek Głowacka Górski Jankowski Jasińska Kalinowski Kaczmarek Kamińska Kozłowski Krawczyk Król Kubiak Kucharska Lewandowski Lis Maciejewska Majewski Malinowska Mazur Nowak Nowicki Ostrowska Pawlak Piotrowski Rutkowska Sikora Stępień Szymański Tomaszewska Walczak Wieczorek Wilk Witkowska Wójcik Wróbel Zając Zalewska Zawadzki");

    private static string[] Split(string names) => names.Split(' ');
}
